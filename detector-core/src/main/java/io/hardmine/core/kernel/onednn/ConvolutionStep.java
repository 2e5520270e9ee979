package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.onednn.ConvolutionAlgorithm.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc_base;

/** A convolution with bias and max(0, ·) fused. */
final class ConvolutionStep extends UnaryStep {
    private final Convolution convolution;
    private final boolean relu;
    private final boolean needsInputGradient;
    private final long[] strides;
    private final long[] padding;
    private Buffer source;
    private Buffer rectified;

    ConvolutionStep(Node in, Convolution convolution, boolean relu, boolean needsInputGradient) {
        super(in, in.shape().strided(convolution.stride(), convolution.filters()));
        this.convolution = convolution;
        this.relu = relu;
        this.needsInputGradient = needsInputGradient;
        strides = new long[] {convolution.stride(), convolution.stride()};
        padding = new long[] {convolution.kernel() / 2, convolution.kernel() / 2};
    }

    @Override
    public void planForward(PlanContext build) {
        Pass pass = build.training ? Pass.TRAINING : Pass.INFERENCE;
        if (WinogradConvolution.pays(build, pass, convolution, out.shape())) {
            out.value = build.borrow(build.activation(out.shape()));
            new WinogradConvolution(build, convolution, out.shape())
                    .forward(in.value.memory(), out.value.memory(), relu);
            keepForBackward(build, in.value);
            return;
        }
        convolution_forward.primitive_desc description = plan(build, pass, wish -> describeForward(build, relu, wish));
        Buffer from = build.as(in.value, description.src_desc(), build.forward);
        out.value = build.borrow(build.activation(out.shape()));
        Buffer to = build.like(out.value, description.dst_desc());
        List<Object> arguments = new ArrayList<>(List.of(
                dnnl.DNNL_ARG_SRC,
                from.memory(),
                dnnl.DNNL_ARG_WEIGHTS,
                build.forwardWeights().of(convolution.weight(), description.weights_desc()),
                dnnl.DNNL_ARG_DST,
                to.memory()));
        if (convolution.bias() != null) {
            arguments.add(dnnl.DNNL_ARG_BIAS);
            arguments.add(build.kernels.weights().value(convolution.bias()));
        }
        build.forward.add(build.execution(description, new convolution_forward(description), arguments.toArray()));
        build.forwardWeights().used(convolution.weight());
        build.convert(to, out.value, build.forward);
        keepForBackward(build, needsInputGradient ? in.value : from);
        from.release();
    }

    /** Keeps what the backward pass reads: the input, and the result if max(0, ·) is fused. */
    private void keepForBackward(PlanContext build, Buffer input) {
        if (build.training) {
            source = input.share();
            rectified = relu ? out.value.share() : null;
        }
    }

    /** A request to oneDNN: an algorithm, and whether activations lie in blocks or in a layout that oneDNN chooses. */
    private record Wish(ConvolutionAlgorithm algorithm, boolean inBlocks) {
        memory.desc activation(PlanContext build, Shape shape, memory.data_type type) {
            return inBlocks ? build.blocked(shape, type) : PlanContext.any(shape, type);
        }
    }

    /**
     * Plans with the faster algorithm, or with the direct one if oneDNN lacks the faster one for this processor. For
     * maps of a few rows oneDNN has no fast code on blocked activations: its reference code takes up to a hundred times
     * as long. In that case oneDNN may choose the layout.
     */
    private <D extends primitive_desc_base> D plan(PlanContext build, Pass pass, Function<Wish, D> describe) {
        ConvolutionAlgorithm faster =
                ConvolutionAlgorithm.faster(pass, convolution, out.shape(), build.kernels.activationType());
        D planned = build.keep(describe.apply(new Wish(faster, true)));
        if (planned.get(true) == null) {
            planned = build.keep(describe.apply(new Wish(ConvolutionAlgorithm.DIRECT, true)));
        }
        return PlanContext.isReference(planned)
                ? build.keep(describe.apply(new Wish(ConvolutionAlgorithm.DIRECT, false)))
                : planned;
    }

    private convolution_forward.primitive_desc describeForward(PlanContext build, boolean rectified, Wish wish) {
        int kind = build.training ? dnnl.prop_kind.forward_training.value : dnnl.prop_kind.forward_inference.value;
        ConvolutionAlgorithm algorithm = wish.algorithm();
        memory.data_type type = algorithm.type(build.kernels.activationType());
        memory.desc result = wish.activation(build, out.shape(), type);
        convolution_forward.desc operation = convolution.bias() == null
                ? new convolution_forward.desc(
                        kind,
                        algorithm.value(),
                        sourceLayout(build, wish, type),
                        anyLayout(type),
                        result,
                        strides,
                        padding,
                        padding)
                : new convolution_forward.desc(
                        kind,
                        algorithm.value(),
                        sourceLayout(build, wish, type),
                        anyLayout(type),
                        bias(),
                        result,
                        strides,
                        padding,
                        padding);
        return new convolution_forward.primitive_desc(
                operation, Rectifier.fused(rectified), build.engine(), algorithm == ConvolutionAlgorithm.WINOGRAD);
    }

    /** The primitive chooses the layout of the image: its few channels would leave blocks mostly empty. */
    private memory.desc sourceLayout(PlanContext build, Wish wish, memory.data_type type) {
        return needsInputGradient ? wish.activation(build, in.shape(), type) : PlanContext.any(in.shape(), type);
    }

    private memory.desc anyLayout(memory.data_type type) {
        Parameter w = convolution.weight();
        return new memory.desc(new long[] {w.size(3), w.size(2), w.size(0), w.size(1)}, type, memory.format_tag.any);
    }

    private memory.desc bias() {
        return PlanContext.vector(convolution.filters());
    }

    @Override
    public void planBackward(PlanContext build) {
        Buffer gradient = build.gradient(out);
        if (relu) {
            gradient = Rectifier.backward(build, rectified, gradient);
        }
        convolution_forward.primitive_desc hint =
                build.keep(describeForward(build, false, new Wish(ConvolutionAlgorithm.DIRECT, true)));
        planWeightGradient(build, gradient, hint);
        if (needsInputGradient) {
            planInputGradient(build, gradient, hint);
        }
        build.backwardWeights().used(convolution.weight());
        gradient.release();
        source.release();
    }

    private void planWeightGradient(PlanContext build, Buffer gradient, convolution_forward.primitive_desc hint) {
        if (WinogradConvolution.pays(build, Pass.WEIGHT_GRADIENT, convolution, out.shape())) {
            new WinogradConvolution(build, convolution, out.shape()).weightGradient(source.memory(), gradient.memory());
            return;
        }
        convolution_backward_weights.primitive_desc description =
                plan(build, Pass.WEIGHT_GRADIENT, wish -> describeWeightGradient(build, hint, wish));
        Buffer from = build.as(source, description.src_desc(), build.backward);
        Buffer byOutput = build.as(gradient, description.diff_dst_desc(), build.backward);
        Buffer byWeight = build.gradientPart(convolution.weight(), description.diff_weights_desc());
        List<Object> arguments = new ArrayList<>(List.of(
                dnnl.DNNL_ARG_SRC,
                from.memory(),
                dnnl.DNNL_ARG_DIFF_DST,
                byOutput.memory(),
                dnnl.DNNL_ARG_DIFF_WEIGHTS,
                byWeight.memory()));
        Buffer byBias = convolution.bias() == null ? null : build.gradientPart(convolution.bias(), bias());
        if (byBias != null) {
            arguments.add(dnnl.DNNL_ARG_DIFF_BIAS);
            arguments.add(byBias.memory());
        }
        build.backward.add(
                build.execution(description, new convolution_backward_weights(description), arguments.toArray()));
        from.release();
        byOutput.release();
        build.addGradient(convolution.weight(), byWeight);
        if (byBias != null) {
            build.addGradient(convolution.bias(), byBias);
        }
    }

    private convolution_backward_weights.primitive_desc describeWeightGradient(
            PlanContext build, convolution_forward.primitive_desc hint, Wish wish) {
        ConvolutionAlgorithm algorithm = wish.algorithm();
        memory.data_type type = algorithm.type(build.kernels.activationType());
        memory.desc result = wish.activation(build, out.shape(), type);
        memory.desc byWeight = anyLayout(memory.data_type.f32);
        convolution_backward_weights.desc operation = convolution.bias() == null
                ? new convolution_backward_weights.desc(
                        algorithm.value(), sourceLayout(build, wish, type), byWeight, result, strides, padding, padding)
                : new convolution_backward_weights.desc(
                        algorithm.value(),
                        sourceLayout(build, wish, type),
                        byWeight,
                        bias(),
                        result,
                        strides,
                        padding,
                        padding);
        return new convolution_backward_weights.primitive_desc(
                operation, PlanContext.attributes(), build.engine(), hint, algorithm == ConvolutionAlgorithm.WINOGRAD);
    }

    private void planInputGradient(PlanContext build, Buffer gradient, convolution_forward.primitive_desc hint) {
        if (WinogradConvolution.pays(build, Pass.INPUT_GRADIENT, convolution, out.shape())) {
            Buffer byInput = build.borrow(build.activation(in.shape()));
            new WinogradConvolution(build, convolution, out.shape()).inputGradient(gradient.memory(), byInput.memory());
            in.gradients.add(byInput);
            return;
        }
        convolution_backward_data.primitive_desc description =
                plan(build, Pass.INPUT_GRADIENT, wish -> describeInputGradient(build, hint, wish));
        Buffer byOutput = build.as(gradient, description.diff_dst_desc(), build.backward);
        Buffer byInput = build.borrow(build.activation(in.shape()));
        Buffer to = build.like(byInput, description.diff_src_desc());
        build.backward.add(build.execution(
                description,
                new convolution_backward_data(description),
                dnnl.DNNL_ARG_DIFF_DST,
                byOutput.memory(),
                dnnl.DNNL_ARG_WEIGHTS,
                build.backwardWeights().of(convolution.weight(), description.weights_desc()),
                dnnl.DNNL_ARG_DIFF_SRC,
                to.memory()));
        byOutput.release();
        build.convert(to, byInput, build.backward);
        in.gradients.add(byInput);
    }

    private convolution_backward_data.primitive_desc describeInputGradient(
            PlanContext build, convolution_forward.primitive_desc hint, Wish wish) {
        ConvolutionAlgorithm algorithm = wish.algorithm();
        memory.data_type type = algorithm.type(build.kernels.activationType());
        convolution_backward_data.desc operation = new convolution_backward_data.desc(
                algorithm.value(),
                wish.activation(build, in.shape(), type),
                anyLayout(type),
                wish.activation(build, out.shape(), type),
                strides,
                padding,
                padding);
        return new convolution_backward_data.primitive_desc(
                operation, PlanContext.attributes(), build.engine(), hint, algorithm == ConvolutionAlgorithm.WINOGRAD);
    }
}
