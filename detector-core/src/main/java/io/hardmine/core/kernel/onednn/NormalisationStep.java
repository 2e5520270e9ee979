package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Normalisation;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Shape;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/** Batch normalisation in training, with max(0, ·) fused. */
final class NormalisationStep implements Step {
    private final Node in;
    private final Node out;
    private final Normalisation normalisation;
    private final boolean relu;
    private final int flags;
    private batch_normalization_forward.primitive_desc description;
    private Buffer mean;
    private Buffer variance;
    private Buffer signs;
    private memory scaleShift;

    NormalisationStep(Node in, Normalisation normalisation, boolean relu) {
        this.in = in;
        this.normalisation = normalisation;
        this.relu = relu;
        out = new Node(in.shape());
        flags = dnnl.normalization_flags.use_scale_shift.value
                | (relu ? dnnl.normalization_flags.fuse_norm_relu.value : 0);
    }

    @Override
    public List<Node> inputs() {
        return List.of(in);
    }

    @Override
    public Node output() {
        return out;
    }

    @Override
    public void planForward(PlanBuild build) {
        if (!build.training) {
            throw new IllegalStateException("normalisation is folded into the convolutions at inference");
        }
        memory.desc layout = build.activation(in.shape());
        description = build.keep(new batch_normalization_forward.primitive_desc(
                new batch_normalization_forward.desc(
                        dnnl.prop_kind.forward_training.value, layout, (float) Normalisation.EPSILON, flags),
                PlanBuild.attributes(),
                build.engine()));
        mean = build.borrow(description.mean_desc());
        variance = build.borrow(description.variance_desc());
        scaleShift = build.kernels.weights().scaleShift(normalisation, description.weights_desc());
        out.value = build.borrow(layout);
        List<Object> arguments = new ArrayList<>(List.of(
                dnnl.DNNL_ARG_SRC,
                in.value.memory(),
                dnnl.DNNL_ARG_SCALE_SHIFT,
                scaleShift,
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

    private Runnable moveRunning(PlanBuild build) {
        Shape s = in.shape();
        double n = (double) s.batch() * s.height() * s.width();
        float unbiased = (float) (n > 1 ? n / (n - 1) : 1);
        float[] running = build.kernels.parameters().statistics();
        float[] batch = new float[s.channels()];
        FloatPointer means = build.keep(new FloatPointer(mean.memory().get_data_handle()));
        FloatPointer variances = build.keep(new FloatPointer(variance.memory().get_data_handle()));
        return () -> {
            means.get(batch);
            move(running, normalisation.mean().offset(), batch, 1);
            variances.get(batch);
            move(running, normalisation.variance().offset(), batch, unbiased);
        };
    }

    private static void move(float[] running, int offset, float[] batch, float factor) {
        for (int c = 0; c < batch.length; c++) {
            running[offset + c] += (float) Normalisation.MOMENTUM * (batch[c] * factor - running[offset + c]);
        }
    }

    @Override
    public void planBackward(PlanBuild build) {
        memory.desc layout = build.activation(in.shape());
        Buffer gradient = build.gradient(out);
        Buffer byInput = build.borrow(layout);
        Buffer byScaleShift = build.borrow(description.weights_desc());
        batch_normalization_backward.primitive_desc operation = new batch_normalization_backward.primitive_desc(
                new batch_normalization_backward.desc(
                        dnnl.prop_kind.backward.value, layout, layout, (float) Normalisation.EPSILON, flags),
                PlanBuild.attributes(),
                build.engine(),
                description);
        List<Object> arguments = new ArrayList<>(List.of(
                dnnl.DNNL_ARG_SRC,
                in.value.memory(),
                dnnl.DNNL_ARG_MEAN,
                mean.memory(),
                dnnl.DNNL_ARG_VARIANCE,
                variance.memory(),
                dnnl.DNNL_ARG_SCALE_SHIFT,
                scaleShift,
                dnnl.DNNL_ARG_DIFF_DST,
                gradient.memory(),
                dnnl.DNNL_ARG_DIFF_SRC,
                byInput.memory(),
                dnnl.DNNL_ARG_DIFF_SCALE_SHIFT,
                byScaleShift.memory()));
        if (relu) {
            arguments.add(dnnl.DNNL_ARG_WORKSPACE);
            arguments.add(signs.memory());
        }
        build.backward.add(
                build.execution(operation, new batch_normalization_backward(operation), arguments.toArray()));
        // they share one tensor here; it is read from there, so it is not lent again. A normalisation has one use.
        Parameter scale = normalisation.scale();
        build.gradientPlaces.add(ParameterMemory.of(scale, byScaleShift.memory(), 0));
        build.gradientPlaces.add(ParameterMemory.of(normalisation.shift(), byScaleShift.memory(), scale.length()));
        gradient.release();
        mean.release();
        variance.release();
        if (relu) {
            signs.release();
        }
        in.gradients.add(byInput);
    }
}
