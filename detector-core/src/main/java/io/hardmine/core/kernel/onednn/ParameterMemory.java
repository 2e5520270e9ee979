package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Parameter;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A parameter's numbers, or its gradient's, in oneDNN's memory, and the way between there and the flat arrays. A weight of
 * many channels lies in the blocks that most convolutions use as they are; it is copied straight from and to them, since
 * oneDNN takes its time to make blocks from plain weights and a plain copy would be a second pass over all of them.
 */
final class ParameterMemory {
    private static final int BLOCK = 16;

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

    /** Takes the parameter's numbers from a flat array. */
    void write(float[] flat) {
        if (!blocked) {
            numbers.put(0, flat, parameter.offset(), parameter.length());
            return;
        }
        // reads in order and stores in strides: the processor waits for what it reads, not for what it stores
        int rows = parameter.size(0) * parameter.size(1) * parameter.size(2);
        int out = parameter.size(3);
        int from = parameter.offset();
        for (int row = 0; row < rows; row++) {
            int to = place(row);
            for (int o = 0; o < out; o += BLOCK) {
                for (int i = 0; i < BLOCK; i++) {
                    numbers.put(to + i, flat[from + i]);
                }
                from += BLOCK;
                to += rows * BLOCK;
            }
        }
    }

    /** Puts the parameter's numbers into a flat array. */
    void read(float[] flat) {
        if (!blocked) {
            numbers.get(0, flat, parameter.offset(), parameter.length());
            return;
        }
        int rows = parameter.size(0) * parameter.size(1) * parameter.size(2);
        int out = parameter.size(3);
        int to = parameter.offset();
        for (int row = 0; row < rows; row++) {
            int from = place(row);
            for (int o = 0; o < out; o += BLOCK) {
                for (int i = 0; i < BLOCK; i++) {
                    flat[to + i] = numbers.get(from + i);
                }
                to += BLOCK;
                from += rows * BLOCK;
            }
        }
    }

    /** Where row ((y · width + x) · in + i) of the plain weight starts in the first of [out / 16, in / 16, y, x, 16 in, 16 out]. */
    private int place(int row) {
        int in = parameter.size(2);
        int area = parameter.size(0) * parameter.size(1);
        int i = row % in;
        return ((i / BLOCK * area + row / in) * BLOCK + i % BLOCK) * BLOCK;
    }
}
