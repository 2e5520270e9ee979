package io.hardmine.core.kernel.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * What a plan borrows, noted while it is made in the order in which it will run: how much, from when on and until when.
 * Where each loan lies is settled when all are known.
 */
final class Allocations {
    private final List<Loan> all = new ArrayList<>();
    private int now;

    /** Memory that is needed from now on, until it is given back. */
    Loan borrow(long size) {
        Loan loan = new Loan(size);
        all.add(loan);
        return loan;
    }

    List<Loan> all() {
        return all;
    }

    /** So many bytes for a part of a plan's run. */
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

        /** Says that a tensor lies there. */
        void carry(memory tensor) {
            tensors.add(tensor);
        }

        /** From now on the memory may be lent to another. */
        void giveBack() {
            until = now++;
        }

        /** Whether there is a moment at which both are needed. */
        boolean meets(Loan other) {
            return from < other.until && other.from < until;
        }

        /** Settles where its tensors lie. */
        void settle(Pointer address) {
            tensors.forEach(tensor -> tensor.set_data_handle(address));
        }
    }
}
