package io.hardmine.core.kernel.onednn;

import com.sun.management.OperatingSystemMXBean;
import io.hardmine.core.kernel.Workspace;
import io.hardmine.core.kernel.onednn.Allocations.Loan;
import io.hardmine.datasets.DataException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory that plans borrow. Only one of its plans runs at a time, so each plan may use all of it. The arena is one
 * stretch of memory, large enough for the open plan that needs most. If a new plan needs more, the arena allocates a
 * longer stretch and moves the other plans to it; no contents are kept between two runs. If plans are closed and less
 * than half is needed, the stretch becomes shorter.
 *
 * <p>oneDNN allocates the stretch at a multiple of 64 bytes, and each loan starts at such a multiple. Its kernels store
 * past the caches with aligned instructions and crash if the alignment is smaller.
 */
final class Arena implements Workspace {
    private static final long ALIGNMENT = 64;

    private final engine engine;
    private final Map<Allocations, Packing> open = new LinkedHashMap<>();
    private memory stretch;
    private long size;

    Arena(engine engine) {
        this.engine = engine;
    }

    /** Bytes that a loan takes: [start, end) of the stretch. */
    private record Taken(Loan loan, long start, long end) {}

    /** Where all loans of a plan lie. */
    private record Packing(List<Taken> places, long size) {
        void settle(memory stretch) {
            Pointer start = new BytePointer(stretch.get_data_handle());
            places.forEach(place -> place.loan().settle(start.getPointer(place.start())));
        }
    }

    /**
     * Settles the addresses of a plan's loans. The largest loan comes first; each gets the lowest place that no other
     * loan takes at the same time. The total is close to the need at the worst moment. This works only when all loans
     * are known. The addresses may change when another plan is settled or released.
     *
     * @throws DataException if the machine has less memory than the plan needs
     */
    void settle(Allocations loans) {
        Packing packing = place(loans);
        if (packing.size() > size) {
            resize(packing.size());
        }
        open.put(loans, packing);
        packing.settle(stretch);
    }

    /** Removes the loans of a closed plan. */
    void release(Allocations loans) {
        open.remove(loans);
        long needed = open.values().stream().mapToLong(Packing::size).max().orElse(0);
        if (needed < size / 2) {
            resize(needed);
        }
    }

    private static Packing place(Allocations loans) {
        List<Taken> taken = new ArrayList<>(); // in the order of their places
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
        return new Packing(taken, taken.stream().mapToLong(Taken::end).max().orElse(ALIGNMENT));
    }

    private static Taken lowest(Loan loan, List<Taken> taken) {
        long length = Math.max(1, (loan.size() + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT;
        long start = 0;
        for (Taken other : taken) {
            if (other.loan().meets(loan)) {
                if (start + length <= other.start()) {
                    break;
                }
                start = Math.max(start, other.end());
            }
        }
        return new Taken(loan, start, start + length);
    }

    /**
     * Allocates the new stretch before it frees the old one: if the allocation fails, the open plans keep the old one.
     */
    private void resize(long bytes) {
        memory former = stretch;
        stretch = bytes == 0 ? null : allocate(bytes);
        size = bytes;
        open.values().forEach(packing -> packing.settle(stretch));
        if (former != null) {
            former.deallocate();
        }
    }

    private memory allocate(long bytes) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        if (bytes > system.getTotalMemorySize()) {
            throw tooLarge(bytes, null);
        }
        try (memory.desc layout = new memory.desc(new long[] {bytes}, memory.data_type.u8, memory.format_tag.x)) {
            return new memory(layout, engine).retainReference(); // until it is resized, not until a plan is made
        } catch (RuntimeException e) {
            throw tooLarge(bytes, e);
        }
    }

    private static DataException tooLarge(long bytes, RuntimeException cause) {
        return new DataException(
                "the network needs %d MB for pictures of this size, more than there is: take smaller inputs or batches, or a smaller network"
                        .formatted(bytes >> 20),
                cause);
    }

    /** Size of the stretch in bytes. */
    long size() {
        return size;
    }

    @Override
    public void close() {
        open.clear();
        resize(0);
    }
}
