package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.dnnl_primitive_desc_handle;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** A convolution with bias and max(0, ·) fused. */
final class ConvolutionStep implements Step {
    private static final int DIRECT = dnnl.algorithm.convolution_direct.value;

    /** F(4×4, 3×3) of Lavin and Gray 2016: a quarter of the multiplications. For stride 1, in single precision only. */
    private static final int WINOGRAD = dnnl.algorithm.convolution_winograd.value;

    private static final int WINOGRAD_TILE = 4;

    private final Node in;
    private final Node out;
    private final Convolution convolution;
    private final boolean relu;
    private final boolean needsInputGradient;
    private final long[] strides;
    private final long[] padding;
    private Buffer source;

    ConvolutionStep(Node in, Convolution convolution, boolean relu, boolean needsInputGradient) {
        this.in = in;
        this.convolution = convolution;
        this.relu = relu;
        this.needsInputGradient = needsInputGradient;
        out = new Node(in.shape().strided(convolution.stride(), convolution.filters()));
        strides = new long[] {convolution.stride(), convolution.stride()};
        padding = new long[] {convolution.kernel() / 2, convolution.kernel() / 2};
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
        convolution_forward.primitive_desc description = forward(build, relu);
        source = build.as(in.value, description.src_desc(), build.forward);
        out.value = build.borrow(build.activation(out.shape()));
        List<Object> arguments = new ArrayList<>(List.of(
                dnnl.DNNL_ARG_SRC,
                source.memory(),
                dnnl.DNNL_ARG_WEIGHTS,
                build.kernels.weights().form(convolution.weight(), description.weights_desc()),
                dnnl.DNNL_ARG_DST,
                out.value.memory()));
        if (convolution.bias() != null) {
            arguments.add(dnnl.DNNL_ARG_BIAS);
            arguments.add(build.kernels.weights().master(convolution.bias()));
        }
        build.forward.add(build.execution(description, new convolution_forward(description), arguments.toArray()));
        if (!build.training) {
            source.release();
        }
    }

    /** Plans with the algorithm of fewest multiplications that there is for this convolution. */
    private <D extends dnnl_primitive_desc_handle> D plan(PlanBuild build, IntFunction<D> describe) {
        if (convolution.kernel() == 3 && convolution.stride() == 1 && spansTiles()) {
            D winograd = build.keep(describe.apply(WINOGRAD));
            if (winograd.get(true) != null) {
                return winograd;
            }
        }
        return build.keep(describe.apply(DIRECT));
    }

    /** On less than a tile of output its transforms cost more than they save. */
    private boolean spansTiles() {
        return Math.min(out.shape().height(), out.shape().width()) > WINOGRAD_TILE;
    }

    private convolution_forward.primitive_desc forward(PlanBuild build, boolean rectified) {
        return plan(build, algorithm -> describeForward(build, rectified, algorithm));
    }

    private convolution_forward.primitive_desc describeForward(PlanBuild build, boolean rectified, int algorithm) {
        int kind = build.training ? dnnl.prop_kind.forward_training.value : dnnl.prop_kind.forward_inference.value;
        memory.desc result = build.activation(out.shape());
        convolution_forward.desc operation = convolution.bias() == null
                ? new convolution_forward.desc(
                        kind, algorithm, sourceLayout(build), weights(build), result, strides, padding, padding)
                : new convolution_forward.desc(
                        kind,
                        algorithm,
                        sourceLayout(build),
                        weights(build),
                        bias(),
                        result,
                        strides,
                        padding,
                        padding);
        return new convolution_forward.primitive_desc(
                operation, Rectifier.fused(rectified), build.engine(), algorithm == WINOGRAD);
    }

    /** The image's few channels have a layout of their own, which the primitive chooses; blocks would waste it. */
    private memory.desc sourceLayout(PlanBuild build) {
        if (needsInputGradient) {
            return build.activation(in.shape());
        }
        long[] size = {
            in.shape().batch(),
            in.shape().channels(),
            in.shape().height(),
            in.shape().width()
        };
        return new memory.desc(size, build.kernels.activationType(), memory.format_tag.any);
    }

    private memory.desc weights(PlanBuild build) {
        return anyLayout(build.kernels.activationType());
    }

    private memory.desc anyLayout(memory.data_type type) {
        Parameter w = convolution.weight();
        return new memory.desc(new long[] {w.size(3), w.size(2), w.size(0), w.size(1)}, type, memory.format_tag.any);
    }

    private memory.desc bias() {
        return PlanBuild.vector(convolution.filters());
    }

    @Override
    public void planBackward(PlanBuild build) {
        Buffer gradient = build.gradient(out);
        if (relu) {
            gradient = Rectifier.backward(build, out.value, gradient);
        }
        convolution_forward.primitive_desc hint = forward(build, false);
        planWeightGradient(build, gradient, hint);
        if (needsInputGradient) {
            planInputGradient(build, gradient, hint);
        }
        gradient.release();
        source.release();
    }

    private void planWeightGradient(PlanBuild build, Buffer gradient, convolution_forward.primitive_desc hint) {
        convolution_backward_weights.primitive_desc description =
                plan(build, algorithm -> describeWeightGradient(build, hint, algorithm));
        Buffer from = build.as(source, description.src_desc(), build.backward);
        Buffer weightGradient = build.borrow(description.diff_weights_desc());
        List<Object> arguments = new ArrayList<>(List.of(
                dnnl.DNNL_ARG_SRC,
                from.memory(),
                dnnl.DNNL_ARG_DIFF_DST,
                gradient.memory(),
                dnnl.DNNL_ARG_DIFF_WEIGHTS,
                weightGradient.memory()));
        if (convolution.bias() != null) {
            Buffer biasGradient = build.borrow(bias());
            arguments.add(dnnl.DNNL_ARG_DIFF_BIAS);
            arguments.add(biasGradient.memory());
            build.addGradient(convolution.bias(), biasGradient);
        }
        build.backward.add(
                build.execution(description, new convolution_backward_weights(description), arguments.toArray()));
        build.addGradient(convolution.weight(), weightGradient);
        from.release();
    }

    private convolution_backward_weights.primitive_desc describeWeightGradient(
            PlanBuild build, convolution_forward.primitive_desc hint, int algorithm) {
        memory.desc result = build.activation(out.shape());
        memory.desc byWeight = anyLayout(memory.data_type.f32);
        convolution_backward_weights.desc operation = convolution.bias() == null
                ? new convolution_backward_weights.desc(
                        algorithm, sourceLayout(build), byWeight, result, strides, padding, padding)
                : new convolution_backward_weights.desc(
                        algorithm, sourceLayout(build), byWeight, bias(), result, strides, padding, padding);
        return new convolution_backward_weights.primitive_desc(
                operation, PlanBuild.attributes(), build.engine(), hint, algorithm == WINOGRAD);
    }

    private void planInputGradient(PlanBuild build, Buffer gradient, convolution_forward.primitive_desc hint) {
        convolution_backward_data.primitive_desc description =
                plan(build, algorithm -> describeInputGradient(build, hint, algorithm));
        Buffer byInput = build.borrow(build.activation(in.shape()));
        build.backward.add(build.execution(
                description,
                new convolution_backward_data(description),
                dnnl.DNNL_ARG_DIFF_DST,
                gradient.memory(),
                dnnl.DNNL_ARG_WEIGHTS,
                build.kernels.weights().form(convolution.weight(), description.weights_desc()),
                dnnl.DNNL_ARG_DIFF_SRC,
                byInput.memory()));
        in.gradients.add(byInput);
    }

    private convolution_backward_data.primitive_desc describeInputGradient(
            PlanBuild build, convolution_forward.primitive_desc hint, int algorithm) {
        convolution_backward_data.desc operation = new convolution_backward_data.desc(
                algorithm,
                build.activation(in.shape()),
                weights(build),
                build.activation(out.shape()),
                strides,
                padding,
                padding);
        return new convolution_backward_data.primitive_desc(
                operation, PlanBuild.attributes(), build.engine(), hint, algorithm == WINOGRAD);
    }
}
