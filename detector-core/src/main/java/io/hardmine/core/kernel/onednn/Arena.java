package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Workspace;
import io.hardmine.core.kernel.onednn.Loans.Loan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory that plans borrow; of its plans one runs at a time, so that each has all of it. It is one stretch, which a plan
 * that needs more lengthens by another: loans lie within one of them. oneDNN allocates them, at multiples of 64 bytes, and
 * so lie the loans: its kernels store past the caches with aligned instructions and crash on less.
 */
final class Arena implements Workspace {
    private static final long ALIGNMENT = 64;

    private final engine engine;
    private final List<Stretch> stretches = new ArrayList<>();

    Arena(engine engine) {
        this.engine = engine;
    }

    /** Memory from oneDNN, for the places from {@code start} to {@code end}. */
    private record Stretch(memory owner, long start, long end) {}

    /** Bytes that are taken: places [start, end). Without a loan the border of two stretches, over which none may lie. */
    private record Taken(Loan loan, long start, long end) {}

    /**
     * Settles where a plan's loans lie: the largest first, each at the lowest place where nothing lies that is needed at
     * the same time. That comes close to what is needed at the worst moment, and cannot be done before all are known.
     */
    void settle(Loans loans) {
        List<Taken> taken = new ArrayList<>(); // in the order of their places
        stretches.forEach(stretch -> taken.add(new Taken(null, stretch.end(), stretch.end())));
        List<Loan> largestFirst = loans.all().stream()
                .sorted(Comparator.comparingLong(Loan::size).reversed())
                .toList();
        for (Loan loan : largestFirst) {
            Taken place = lowest(loan, taken);
            int at = 0;
            while (at < taken.size() && taken.get(at).start() < place.start()) {
                at++;
            }
            taken.add(at, place);
        }
        long needed = taken.stream().mapToLong(Taken::end).max().orElse(0);
        if (needed > size()) {
            stretches.add(allocate(size(), needed));
        }
        taken.stream().filter(place -> place.loan() != null).forEach(place -> place.loan()
                .settle(address(place.start())));
    }

    private static Taken lowest(Loan loan, List<Taken> taken) {
        long length = Math.max(1, (loan.size() + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT;
        long start = 0;
        for (Taken other : taken) {
            boolean border = other.loan() == null;
            if (border || other.loan().meets(loan)) {
                if (start + length <= other.start()) {
                    break;
                }
                start = Math.max(start, other.end());
            }
        }
        return new Taken(loan, start, start + length);
    }

    private Stretch allocate(long start, long end) {
        memory.desc bytes = new memory.desc(new long[] {end - start}, memory.data_type.u8, memory.format_tag.x);
        return new Stretch(new memory(bytes, engine), start, end);
    }

    private Pointer address(long place) {
        Stretch of = stretches.stream().filter(s -> place < s.end()).findFirst().orElseThrow();
        return new BytePointer(of.owner().get_data_handle()).getPointer(place - of.start());
    }

    /** Bytes that it holds. */
    long size() {
        return stretches.isEmpty() ? 0 : stretches.get(stretches.size() - 1).end();
    }

    @Override
    public void close() {
        stretches.forEach(s -> s.owner().deallocate());
        stretches.clear();
    }
}
