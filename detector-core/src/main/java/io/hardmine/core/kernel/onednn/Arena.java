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
 * Memory that plans borrow; of its plans one runs at a time, so that each has all of it. It is one stretch, as large as the
 * open plan that needs most. A plan that needs more is given a longer one, to which the other plans move: between two
 * runs nothing that lies there counts. When plans are closed and less than half is needed, it becomes shorter. oneDNN
 * allocates it, at a multiple of 64 bytes, and so lie the loans: its kernels store past the caches with aligned
 * instructions and crash on less.
 */
final class Arena implements Workspace {
    private static final long ALIGNMENT = 64;

    private final engine engine;
    private final Map<Allocations, ImageTransform> open = new LinkedHashMap<>();
    private memory stretch;
    private long size;

    Arena(engine engine) {
        this.engine = engine;
    }

    /** Bytes that a loan takes: [start, end) of the stretch. */
    private record Taken(Loan loan, long start, long end) {}

    /** Where all loans of a plan lie. */
    private record ImageTransform(List<Taken> places, long size) {
        void settle(memory stretch) {
            Pointer start = new BytePointer(stretch.get_data_handle());
            places.forEach(place -> place.loan().settle(start.getPointer(place.start())));
        }
    }

    /**
     * Settles where a plan's loans lie: the largest first, each at the lowest place where nothing lies that is needed at
     * the same time. That comes close to what is needed at the worst moment, and cannot be done before all are known.
     * They lie elsewhere after another plan is settled or released.
     *
     * @throws DataException if the machine has less memory than the plan needs
     */
    void settle(Allocations loans) {
        ImageTransform transform = place(loans);
        if (transform.size() > size) {
            resize(transform.size());
        }
        open.put(loans, transform);
        transform.settle(stretch);
    }

    /** Says that a plan is closed. */
    void release(Allocations loans) {
        open.remove(loans);
        long needed =
                open.values().stream().mapToLong(ImageTransform::size).max().orElse(0);
        if (needed < size / 2) {
            resize(needed);
        }
    }

    private static ImageTransform place(Allocations loans) {
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
        return new ImageTransform(
                taken, taken.stream().mapToLong(Taken::end).max().orElse(ALIGNMENT));
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

    /** The new stretch is there before the old one goes: if it cannot be had, the open plans keep theirs. */
    private void resize(long bytes) {
        memory former = stretch;
        stretch = bytes == 0 ? null : allocate(bytes);
        size = bytes;
        open.values().forEach(transform -> transform.settle(stretch));
        if (former != null) {
            former.deallocate();
        }
    }

    private memory allocate(long bytes) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        if (bytes > system.getTotalMemorySize()) {
            throw tooLarge(bytes, null);
        }
        try {
            memory.desc layout = new memory.desc(new long[] {bytes}, memory.data_type.u8, memory.format_tag.x);
            return new memory(layout, engine);
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

    /** Bytes that it holds. */
    long size() {
        return size;
    }

    @Override
    public void close() {
        open.clear();
        resize(0);
    }
}
