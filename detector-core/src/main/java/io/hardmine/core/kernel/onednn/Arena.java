package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * Blocks of memory that plans borrow. While a plan is made a block goes back as soon as its content is no longer needed
 * and is lent again to a later operation; the next plan starts with all blocks free. oneDNN allocates them, at multiples
 * of 64 bytes: its kernels store past the caches with aligned instructions and crash on less.
 */
final class Arena implements Workspace {
    /** A block may be so many times larger than what it is lent for. */
    private static final long SLACK = 2;

    private final engine engine;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Block> free = new ArrayList<>();

    Arena(engine engine) {
        this.engine = engine;
    }

    /** One stretch of memory. */
    static final class Block {
        private final memory owner;
        private final long size;

        private Block(memory owner, long size) {
            this.owner = owner;
            this.size = size;
        }

        Pointer address() {
            return owner.get_data_handle();
        }
    }

    /** Makes every block free, for a new plan. */
    void reset() {
        free.clear();
        free.addAll(blocks);
    }

    /** The smallest free block that is large enough, or a new one. */
    Block borrow(long size) {
        Block best = null;
        for (Block block : free) {
            boolean fits = block.size >= size && block.size <= SLACK * size + 4096;
            if (fits && (best == null || block.size < best.size)) {
                best = block;
            }
        }
        if (best == null) {
            best = allocate(size);
        }
        free.remove(best);
        return best;
    }

    void giveBack(Block block) {
        free.add(block);
    }

    private Block allocate(long size) {
        memory.desc bytes = new memory.desc(new long[] {size}, memory.data_type.u8, memory.format_tag.x);
        Block made = new Block(new memory(bytes, engine), size);
        blocks.add(made);
        return made;
    }

    /** Bytes that it holds. */
    long size() {
        return blocks.stream().mapToLong(b -> b.size).sum();
    }

    @Override
    public void close() {
        blocks.forEach(b -> b.owner.deallocate());
        blocks.clear();
        free.clear();
    }
}
