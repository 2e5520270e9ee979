package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Parameter;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A parameter's numbers, or its gradient's, in oneDNN's memory, and the way between there and the flat arrays. A weight of
 * many channels lies in the blocks that most convolutions use as they are; it is copied straight from and to them, since
 * oneDNN takes its time to make blocks from plain weights and a plain copy would be a second pass over all of them.
 */
final class ParameterMemory {
    private static final int BLOCK = 16;
    private static final int PART = 1 << 15;

    private final Parameter parameter;
    private final FloatBuffer numbers;
    private final boolean blocked;

    private ParameterMemory(Parameter parameter, memory tensor, int position, boolean blocked) {
        this.parameter = parameter;
        this.blocked = blocked;
        numbers = new FloatPointer(tensor.get_data_handle())
                .position(position)
                .capacity((long) position + parameter.length())
                .asBuffer();
    }

    /** All of a tensor in {@link #layout}. */
    static ParameterMemory of(Parameter p, memory tensor) {
        return new ParameterMemory(p, tensor, 0, inBlocks(p));
    }

    /** A vector within a longer one, from {@code position} on. */
    static ParameterMemory of(Parameter p, memory tensor, int position) {
        return new ParameterMemory(p, tensor, position, false);
    }

    /** Whether the parameter's own layout is in blocks. */
    static boolean inBlocks(Parameter p) {
        return p.shape().size() == 4 && p.size(2) % BLOCK == 0 && p.size(3) % BLOCK == 0;
    }

    /** The layout that can be copied from and to the flat arrays. */
    static memory.desc layout(Parameter p) {
        return inBlocks(p) ? weights(p, memory.format_tag.OIhw16i16o) : plain(p);
    }

    /** The flat arrays' own order. */
    static memory.desc plain(Parameter p) {
        return p.shape().size() == 1 ? PlanBuild.vector(p.length()) : weights(p, memory.format_tag.hwio);
    }

    private static memory.desc weights(Parameter p, memory.format_tag order) {
        long[] outInHeightWidth = {p.size(3), p.size(2), p.size(0), p.size(1)};
        return new memory.desc(outInHeightWidth, memory.data_type.f32, order);
    }

    /** The tensor in parts of about the same size, for several threads to copy. */
    Stream<Part> parts() {
        int width = parameter.size(parameter.shape().size() - 1);
        int rows = parameter.length() / width;
        if (!blocked) {
            return Stream.of(new Part(0, rows));
        }
        int step = Math.max(1, PART / width);
        return IntStream.iterate(0, from -> from < rows, from -> from + step)
                .mapToObj(from -> new Part(from, Math.min(rows, from + step)));
    }

    /** Rows of the plain weight, runs of its last axis. */
    final class Part {
        private final int from;
        private final int to;

        private Part(int from, int to) {
            this.from = from;
            this.to = to;
        }

        /** Takes the numbers from a flat array. */
        void write(float[] flat) {
            if (blocked) {
                forEachBlock((place, plain) -> numbers.put(place, flat, plain, BLOCK));
            } else {
                numbers.put(0, flat, parameter.offset(), parameter.length());
            }
        }

        /** Puts the numbers into a flat array. */
        void read(float[] flat) {
            if (blocked) {
                forEachBlock((place, plain) -> numbers.get(place, flat, plain, BLOCK));
            } else {
                numbers.get(0, flat, parameter.offset(), parameter.length());
            }
        }

        private void forEachBlock(Copy copy) {
            int out = parameter.size(3);
            int apart = parameter.length() / out * BLOCK;
            int plain = parameter.offset() + from * out;
            for (int row = from; row < to; row++) {
                int place = place(row);
                for (int o = 0; o < out; o += BLOCK) {
                    copy.run(place, plain);
                    plain += BLOCK;
                    place += apart;
                }
            }
        }
    }

    private interface Copy {
        void run(int place, int plain);
    }

    /** Where row ((y · width + x) · in + i) of the plain weight starts in the first of [out / 16, in / 16, y, x, 16 in, 16 out]. */
    private int place(int row) {
        int in = parameter.size(2);
        int area = parameter.size(0) * parameter.size(1);
        int i = row % in;
        return ((i / BLOCK * area + row / in) * BLOCK + i % BLOCK) * BLOCK;
    }
}
