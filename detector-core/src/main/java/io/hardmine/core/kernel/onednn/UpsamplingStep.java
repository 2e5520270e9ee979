package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Shape;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.resampling_backward;
import org.bytedeco.dnnl.resampling_forward;
import org.bytedeco.javacpp.Pointer;

/** Nearest-neighbor upsampling by 2, cut by a row or a column if the size is odd. */
final class UpsamplingStep extends UnaryStep {
    private static final int NEAREST = dnnl.algorithm.resampling_nearest.value;

    private final Shape doubled;
    private final boolean whole;

    UpsamplingStep(Node in, int height, int width) {
        super(in, in.shape().upsampled(height, width));
        doubled = in.shape().doubled();
        whole = out.shape().equals(doubled);
    }

    private resampling_forward.primitive_desc forward(PlanContext build) {
        return new resampling_forward.primitive_desc(
                new resampling_forward.desc(
                        dnnl.prop_kind.forward_training.value,
                        NEAREST,
                        build.activation(in.shape()),
                        build.activation(doubled)),
                PlanContext.attributes(),
                build.engine());
    }

    @Override
    public void planForward(PlanContext build) {
        Buffer large = build.borrow(build.activation(doubled));
        resampling_forward.primitive_desc description = forward(build);
        build.forward.add(build.execution(
                description,
                new resampling_forward(description),
                dnnl.DNNL_ARG_SRC,
                in.value.memory(),
                dnnl.DNNL_ARG_DST,
                large.memory()));
        if (whole) {
            out.value = large;
            return;
        }
        out.value = build.borrow(build.activation(out.shape()));
        Buffer plain = build.borrow(PlanContext.plain(doubled));
        build.forward.add(build.copy(large.memory(), plain.memory()));
        build.forward.add(build.copy(part(build, plain), out.value.memory()));
        plain.release();
        large.release();
    }

    /**
     * The upper left part of the doubled activation, which is kept. The doubled activation has a plain layout, because
     * blocks cannot be cut.
     */
    private memory part(PlanContext build, Buffer plain) {
        Shape s = out.shape();
        long[] size = {s.batch(), s.channels(), s.height(), s.width()};
        memory.desc layout = plain.memory().get_desc().submemory_desc(size, new long[4], true);
        return plain.alsoAs(build.unsettled(layout));
    }

    @Override
    public void planBackward(PlanContext build) {
        Buffer gradient = build.gradient(out);
        Buffer large = gradient;
        if (!whole) {
            Buffer plain = build.borrow(PlanContext.plain(doubled));
            memory all = plain.memory();
            long size = plain.memory().get_desc().get_size();
            large = build.borrow(build.activation(doubled));
            build.backward.add(() -> Pointer.memset(all.get_data_handle(), 0, size));
            build.backward.add(build.copy(gradient.memory(), part(build, plain)));
            build.backward.add(build.copy(plain.memory(), large.memory()));
            plain.release();
            gradient.release();
        }
        Buffer byInput = build.borrow(build.activation(in.shape()));
        resampling_backward.primitive_desc operation = new resampling_backward.primitive_desc(
                new resampling_backward.desc(NEAREST, build.activation(in.shape()), build.activation(doubled)),
                PlanContext.attributes(),
                build.engine(),
                forward(build));
        build.backward.add(build.execution(
                operation,
                new resampling_backward(operation),
                dnnl.DNNL_ARG_DIFF_DST,
                large.memory(),
                dnnl.DNNL_ARG_DIFF_SRC,
                byInput.memory()));
        large.release();
        in.gradients.add(byInput);
    }
}
