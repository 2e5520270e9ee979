package io.hardmine.core.kernel.onednn;

import org.bytedeco.dnnl.memory;

/** A tensor in memory lent by an arena, with a count of those who still need it. */
final class Buffer {
    private final memory tensor;
    private final Arena.Block block;
    private int owners = 1;

    Buffer(memory tensor, Arena.Block block) {
        this.tensor = tensor;
        this.block = block;
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
        return owners == 1;
    }

    /** One less needs it; the last one gives the memory back. */
    void release() {
        if (--owners == 0) {
            block.giveBack();
        }
    }
}
