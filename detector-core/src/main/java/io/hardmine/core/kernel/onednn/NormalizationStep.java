package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Normalization;
import io.hardmine.core.kernel.Shape;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/** Batch normalization in training, with max(0, ·) fused. */
final class NormalizationStep extends UnaryStep {
    private final Normalization normalization;
    private final boolean relu;
    private final int flags;
    private batch_normalization_forward.primitive_desc description;
    private Buffer source;
    private Buffer mean;
    private Buffer variance;
    private Buffer signs;

    NormalizationStep(Node in, Normalization normalization, boolean relu) {
        super(in, in.shape());
        this.normalization = normalization;
        this.relu = relu;
        flags = dnnl.normalization_flags.use_scale.value
                | dnnl.normalization_flags.use_shift.value
                | (relu ? dnnl.normalization_flags.fuse_norm_relu.value : 0);
    }

    @Override
    public void planForward(PlanContext build) {
        if (!build.training) {
            throw new IllegalStateException("normalization is folded into the convolutions at inference");
        }
        memory.desc layout = build.activation(in.shape());
        description = build.keep(new batch_normalization_forward.primitive_desc(
                new batch_normalization_forward.desc(
                        dnnl.prop_kind.forward_training.value, layout, (float) Normalization.EPSILON, flags),
                PlanContext.attributes(),
                build.engine()));
        source = in.value.share();
        mean = build.borrow(description.mean_desc());
        variance = build.borrow(description.variance_desc());
        out.value = build.borrow(layout);
        List<Object> arguments = new ArrayList<>(List.of(
                dnnl.DNNL_ARG_SRC,
                in.value.memory(),
                dnnl.DNNL_ARG_SCALE,
                build.kernels.weights().value(normalization.scale()),
                dnnl.DNNL_ARG_SHIFT,
                build.kernels.weights().value(normalization.shift()),
                dnnl.DNNL_ARG_MEAN,
                mean.memory(),
                dnnl.DNNL_ARG_VARIANCE,
                variance.memory(),
                dnnl.DNNL_ARG_DST,
                out.value.memory()));
        if (relu) {
            signs = build.borrow(description.workspace_desc());
            arguments.add(dnnl.DNNL_ARG_WORKSPACE);
            arguments.add(signs.memory());
        }
        build.forward.add(
                build.execution(description, new batch_normalization_forward(description), arguments.toArray()));
        build.forward.add(moveRunning(build));
    }

    private Runnable moveRunning(PlanContext build) {
        Shape s = in.shape();
        double n = (double) s.batch() * s.height() * s.width();
        float unbiased = (float) (n > 1 ? n / (n - 1) : 1);
        float[] running = build.kernels.parameters().statistics();
        float[] batch = new float[s.channels()];
        memory means = mean.memory();
        memory variances = variance.memory();
        return () -> {
            new FloatPointer(means.get_data_handle()).get(batch);
            move(running, normalization.mean().offset(), batch, 1);
            new FloatPointer(variances.get_data_handle()).get(batch);
            move(running, normalization.variance().offset(), batch, unbiased);
        };
    }

    private static void move(float[] running, int offset, float[] batch, float factor) {
        for (int c = 0; c < batch.length; c++) {
            running[offset + c] += (float) Normalization.MOMENTUM * (batch[c] * factor - running[offset + c]);
        }
    }

    @Override
    public void planBackward(PlanContext build) {
        memory.desc layout = build.activation(in.shape());
        Buffer gradient = build.gradient(out);
        Buffer byInput = gradient.isExclusive() ? gradient.share() : build.borrow(layout);
        memory.desc perChannel = PlanContext.vector(in.shape().channels());
        Buffer byScale = build.gradientPart(normalization.scale(), perChannel);
        Buffer byShift = build.gradientPart(normalization.shift(), perChannel);
        batch_normalization_backward.primitive_desc operation = new batch_normalization_backward.primitive_desc(
                new batch_normalization_backward.desc(
                        dnnl.prop_kind.backward.value, layout, layout, (float) Normalization.EPSILON, flags),
                PlanContext.attributes(),
                build.engine(),
                description);
        List<Object> arguments = new ArrayList<>(List.of(
                dnnl.DNNL_ARG_SRC,
                source.memory(),
                dnnl.DNNL_ARG_MEAN,
                mean.memory(),
                dnnl.DNNL_ARG_VARIANCE,
                variance.memory(),
                dnnl.DNNL_ARG_SCALE,
                build.kernels.weights().value(normalization.scale()),
                dnnl.DNNL_ARG_SHIFT,
                build.kernels.weights().value(normalization.shift()),
                dnnl.DNNL_ARG_DIFF_DST,
                gradient.memory(),
                dnnl.DNNL_ARG_DIFF_SRC,
                byInput.memory(),
                dnnl.DNNL_ARG_DIFF_SCALE,
                byScale.memory(),
                dnnl.DNNL_ARG_DIFF_SHIFT,
                byShift.memory()));
        if (relu) {
            arguments.add(dnnl.DNNL_ARG_WORKSPACE);
            arguments.add(signs.memory());
        }
        build.backward.add(
                build.execution(operation, new batch_normalization_backward(operation), arguments.toArray()));
        build.addGradient(normalization.scale(), byScale);
        build.addGradient(normalization.shift(), byShift);
        gradient.release();
        source.release();
        mean.release();
        variance.release();
        if (relu) {
            signs.release();
        }
        in.gradients.add(byInput);
    }
}
