package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory that plans borrow. While a plan is made a block goes back as soon as its content is no longer needed and is lent
 * again to a later operation, cut or joined with its free neighbours as need be; the next plan starts with everything
 * free. The memory comes in few large slabs, of which only what was lent is ever touched. oneDNN allocates them, at
 * multiples of 64 bytes, and so lie the blocks: its kernels store past the caches with aligned instructions and crash on
 * less.
 */
final class Arena implements Workspace {
    private static final long ALIGNMENT = 64;
    private static final long SLAB = 16L << 20;

    private final engine engine;
    private final List<Slab> slabs = new ArrayList<>();

    Arena(engine engine) {
        this.engine = engine;
    }

    /** A stretch of memory from oneDNN, and the free parts of it: their sizes by where they start. */
    private static final class Slab {
        private final memory owner;
        private final long size;
        private final NavigableMap<Long, Long> free = new TreeMap<>();

        private Slab(memory owner, long size) {
            this.owner = owner;
            this.size = size;
            clear();
        }

        private void clear() {
            free.clear();
            free.put(0L, size);
        }

        /** Start of the smallest free part that is large enough; null where none is. */
        private Long tightest(long needed) {
            return free.entrySet().stream()
                    .filter(part -> part.getValue() >= needed)
                    .min(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .orElse(null);
        }

        private Block take(long start, long length) {
            long available = free.remove(start);
            if (available > length) {
                free.put(start + length, available - length);
            }
            return new Block(this, start, length);
        }

        private void giveBack(long start, long length) {
            long from = start;
            long to = start + length;
            Map.Entry<Long, Long> before = free.lowerEntry(start);
            if (before != null && before.getKey() + before.getValue() == from) {
                from = before.getKey();
            }
            Long after = free.remove(to);
            free.put(from, (after == null ? to : to + after) - from);
        }
    }

    /** What is lent: {@code length} bytes of a slab. */
    record Block(Slab slab, long start, long length) {
        Pointer address() {
            return new BytePointer(slab.owner.get_data_handle()).getPointer(start);
        }

        void giveBack() {
            slab.giveBack(start, length);
        }
    }

    /** Makes everything free, for a new plan. */
    void reset() {
        slabs.forEach(Slab::clear);
    }

    /** The tightest free part of the first slab that has one, or the start of a new slab. */
    Block borrow(long size) {
        long length = Math.max(1, (size + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT;
        for (Slab slab : slabs) {
            Long start = slab.tightest(length);
            if (start != null) {
                return slab.take(start, length);
            }
        }
        Slab made = allocate(Math.max(SLAB, length));
        slabs.add(made);
        return made.take(0, length);
    }

    private Slab allocate(long size) {
        memory.desc bytes = new memory.desc(new long[] {size}, memory.data_type.u8, memory.format_tag.x);
        return new Slab(new memory(bytes, engine), size);
    }

    /** Bytes that it holds. */
    long size() {
        return slabs.stream().mapToLong(s -> s.size).sum();
    }

    @Override
    public void close() {
        slabs.forEach(s -> s.owner.deallocate());
        slabs.clear();
    }
}
