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
        float[] plain = new float[parameter.length()];
        if (block > 1) {
            forEachRun((place, at) -> memory.read(place, plain, at, block));
        } else {
            memory.read(parameter.offset(), plain, 0, plain.length);
        }
        return plain;
    }

    void write(FloatMemory memory, float[] plain) {
        if (block > 1) {
            forEachRun((place, at) -> memory.write(place, plain, at, block));
        } else {
            memory.write(parameter.offset(), plain, 0, plain.length);
        }
    }

    private interface Run {
        void copy(int place, int plain);
    }

    /**
     * Calls {@code run} for each stretch of {@code block} output channels. Both orders keep such a stretch contiguous.
     */
    private void forEachRun(Run run) {
        int in = parameter.size(2);
        int out = parameter.size(3);
        int area = parameter.size(0) * parameter.size(1);
        int apart = area * in * block;
        for (int row = 0; row < area * in; row++) {
            int channel = row % in;
            int place = parameter.offset() + ((channel / block * area + row / in) * block + channel % block) * block;
            for (int o = 0; o < out; o += block) {
                run.copy(place, row * out + o);
                place += apart;
            }
        }
    }
}
