package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.FloatMemory;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameters;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;

/** The layout of parameters in the flat memory as oneDNN describes it. oneDNN uses the parameters in place. */
final class ParameterLayout {
    private ParameterLayout() {}

    /**
     * The layout of a parameter in blocks of {@code block} channels, as in {@link Parameters#block}; 1 for plain order.
     * Throws IllegalArgumentException unless {@code block} is 1, 8 or 16.
     */
    static memory.desc of(Parameter p, int block) {
        return switch (block) {
            case 1 -> plain(p);
            case 8 -> weights(p, memory.format_tag.OIhw8i8o);
            case 16 -> weights(p, memory.format_tag.OIhw16i16o);
            default -> throw new IllegalArgumentException("oneDNN has no weights in blocks of " + block);
        };
    }

    /** Plain numbers: [height, width, in, out], or a vector. */
    static memory.desc plain(Parameter p) {
        return p.shape().size() == 1 ? PlanContext.vector(p.length()) : weights(p, memory.format_tag.hwio);
    }

    private static memory.desc weights(Parameter p, memory.format_tag order) {
        long[] outInHeightWidth = {p.size(3), p.size(2), p.size(0), p.size(1)};
        return new memory.desc(outInHeightWidth, memory.data_type.f32, order);
    }

    /**
     * A parameter's part of a flat memory, in blocks of {@code block} channels, as a tensor. Close it before the
     * memory.
     */
    static memory tensor(Parameter p, int block, FloatMemory flat, engine engine) {
        return new memory(of(p, block), engine, flat.address(p.offset()));
    }
}
