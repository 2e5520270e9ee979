package io.hardmine.core.kernel.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * The memory that a plan borrows: size, start and end of each loan. Loans are recorded while the plan is made, in the
 * order in which it will run. Their addresses are settled when all loans are known.
 */
final class Allocations {
    private final List<Loan> all = new ArrayList<>();
    private int now;

    /** Borrows {@code size} bytes from now on, until they are given back. */
    Loan borrow(long size) {
        Loan loan = new Loan(size);
        all.add(loan);
        return loan;
    }

    List<Loan> all() {
        return all;
    }

    /** {@code size} bytes for a part of a plan's run. */
    final class Loan {
        private final long size;
        private final int from = now++;
        private final List<memory> tensors = new ArrayList<>();
        private int until = Integer.MAX_VALUE;

        private Loan(long size) {
            this.size = size;
        }

        long size() {
            return size;
        }

        /** Registers a tensor that lies in this memory. */
        void carry(memory tensor) {
            tensors.add(tensor);
        }

        /** Ends the loan: from now on the memory may be lent again. */
        void giveBack() {
            until = now++;
        }

        /** Whether there is a moment at which both are needed. */
        boolean meets(Loan other) {
            return from < other.until && other.from < until;
        }

        /** Sets the address of its tensors. */
        void settle(Pointer address) {
            tensors.forEach(tensor -> tensor.set_data_handle(address));
        }
    }
}
