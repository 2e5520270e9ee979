package io.hardmine.core.kernel;

/**
 * Converts between a parameter's plain order, [height, width, in, out], and its order in memory, which {@link
 * Parameters#block(Parameter)} defines.
 */
final class BlockOrder {
    private final Parameter parameter;
    private final int block;

    /** Blocks have {@code block} channels; 1 stands for plain order. */
    BlockOrder(Parameter parameter, int block) {
        this.parameter = parameter;
        this.block = block;
    }

    float[] read(FloatMemory memory) {
        float[] stored = new float[parameter.length()];
        memory.read(parameter.offset(), stored, 0, stored.length);
        if (block == 1) {
            return stored;
        }
        float[] plain = new float[stored.length];
        forEachRun((place, at) -> System.arraycopy(stored, place, plain, at, block));
        return plain;
    }

    void write(FloatMemory memory, float[] plain) {
        float[] stored = plain;
        if (block > 1) {
            float[] blocked = new float[plain.length];
            forEachRun((place, at) -> System.arraycopy(plain, at, blocked, place, block));
            stored = blocked;
        }
        memory.write(parameter.offset(), stored, 0, stored.length);
    }

    private interface Run {
        void copy(int place, int plain);
    }

    /**
     * Calls {@code run} with the place of each stretch of {@code block} output channels in either order. Both orders keep
     * such a stretch contiguous.
     */
    private void forEachRun(Run run) {
        int in = parameter.size(2);
        int out = parameter.size(3);
        int area = parameter.size(0) * parameter.size(1);
        int apart = area * in * block;
        for (int row = 0; row < area * in; row++) {
            int channel = row % in;
            int place = ((channel / block * area + row / in) * block + channel % block) * block;
            for (int o = 0; o < out; o += block) {
                run.copy(place, row * out + o);
                place += apart;
            }
        }
    }
}
