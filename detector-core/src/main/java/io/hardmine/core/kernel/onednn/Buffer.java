package io.hardmine.core.kernel.onednn;

import org.bytedeco.dnnl.memory;

/** A tensor with a count of its owners. Its memory is lent by an arena, or is {@link #fixed} and not lent. */
final class Buffer {
    private final memory tensor;
    private final Allocations.Loan loan;
    private int owners = 1;

    Buffer(memory tensor, Allocations.Loan loan) {
        this.tensor = tensor;
        this.loan = loan;
        loan.carry(tensor);
    }

    private Buffer(memory tensor) {
        this.tensor = tensor;
        loan = null;
    }

    /** A tensor in memory that is not lent: it is never given back, and no owner may overwrite it. */
    static Buffer fixed(memory tensor) {
        return new Buffer(tensor);
    }

    /** Registers another tensor that lies in the same memory. */
    memory alsoAs(memory view) {
        loan.carry(view);
        return view;
    }

    memory memory() {
        return tensor;
    }

    /** Adds an owner. */
    Buffer share() {
        owners++;
        return this;
    }

    /** Whether it has a single owner, who may overwrite it. */
    boolean isExclusive() {
        return owners == 1 && loan != null;
    }

    /** Removes an owner; the last one gives the memory back. */
    void release() {
        if (--owners == 0 && loan != null) {
            loan.giveBack();
        }
    }
}
