package io.hardmine.core.kernel;

/**
 * Between a parameter's plain numbers, [height, width, in, out], and their order in memory: [out / 16, in / 16, height,
 * width, 16 in, 16 out] where it lies in blocks.
 */
final class BlockOrder {
    private static final int BLOCK = Parameter.BLOCK;

    private final Parameter parameter;

    BlockOrder(Parameter parameter) {
        this.parameter = parameter;
    }

    float[] read(FloatMemory memory) {
        float[] plain = new float[parameter.length()];
        if (parameter.inBlocks()) {
            forEachRun((place, at) -> memory.read(place, plain, at, BLOCK));
        } else {
            memory.read(parameter.offset(), plain, 0, plain.length);
        }
        return plain;
    }

    void write(FloatMemory memory, float[] plain) {
        if (parameter.inBlocks()) {
            forEachRun((place, at) -> memory.write(place, plain, at, BLOCK));
        } else {
            memory.write(parameter.offset(), plain, 0, plain.length);
        }
    }

    private interface Run {
        void copy(int place, int plain);
    }

    /** Sixteen channels out lie together in both orders. */
    private void forEachRun(Run run) {
        int in = parameter.size(2);
        int out = parameter.size(3);
        int area = parameter.size(0) * parameter.size(1);
        int apart = area * in * BLOCK;
        for (int row = 0; row < area * in; row++) {
            int channel = row % in;
            int place = parameter.offset() + ((channel / BLOCK * area + row / in) * BLOCK + channel % BLOCK) * BLOCK;
            for (int o = 0; o < out; o += BLOCK) {
                run.copy(place, row * out + o);
                place += apart;
            }
        }
    }
}
