package io.hardmine.core.kernel.onednn;

import org.bytedeco.dnnl.memory;

/** A tensor in memory lent by an arena, with a count of those who still need it; or in memory that is not lent. */
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

    /** A tensor whose memory is nobody's to give back or to overwrite. */
    static Buffer fixed(memory tensor) {
        return new Buffer(tensor);
    }

    /** Says that another tensor lies in the same memory. */
    memory alsoAs(memory view) {
        loan.carry(view);
        return view;
    }

    memory memory() {
        return tensor;
    }

    /** One more needs it. */
    Buffer share() {
        owners++;
        return this;
    }

    /** Whether its one owner may overwrite it. */
    boolean isExclusive() {
        return owners == 1 && loan != null;
    }

    /** One less needs it; the last one gives the memory back. */
    void release() {
        if (--owners == 0 && loan != null) {
            loan.giveBack();
        }
    }
}
