package io.hardmine.core.kernel.nd4j;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Fusion;
import io.hardmine.core.kernel.Normalization;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Plan;
import io.hardmine.core.kernel.PlanBuilder;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Plans on ND4J's operations. While the forward pass is planned, the backward passes are put on a tape. {@link #finish}
 * plans these, last operation first: the first one that reaches a tensor writes its gradient, and later ones add to it.
 */
final class Nd4jPlanner implements PlanBuilder {
    private static final long NHWC = 1;
    private static final long EXPLICIT_PADDING = 0;

    private final Nd4jKernels kernels;
    private final boolean training;
    private final Memory memory;
    private final List<OpContext> contexts = new ArrayList<>();
    private final List<Runnable> forward = new ArrayList<>();
    private final List<Runnable> backward = new ArrayList<>();
    private final Deque<Runnable> tape = new ArrayDeque<>();
    private final Set<Parameter> written = new HashSet<>();
    private final Node image;

    Nd4jPlanner(Nd4jKernels kernels, DataType type, Shape image, boolean training) {
        this.kernels = kernels;
        this.training = training;
        memory = new Memory(type);
        this.image = new Node(image, memory.zeros(dimensions(image)), null);
    }

    @Override
    public Tensor image() {
        return image;
    }

    @Override
    public Tensor convolution(Tensor input, Convolution convolution, Fusion fusion) {
        Node in = (Node) input;
        Node out = node(in.shape().strided(convolution.stride(), convolution.filters()));
        long k = convolution.kernel();
        long s = convolution.stride();
        long[] settings = {k, k, s, s, k / 2, k / 2, 1, 1, EXPLICIT_PADDING, NHWC, 0};
        INDArray weight = kernels.value(convolution.weight());
        Parameter biasParameter = convolution.bias();
        INDArray bias = biasParameter == null ? null : kernels.value(biasParameter);
        forward.add(operation(
                "conv2d",
                bias == null ? list(in.value(), weight) : list(in.value(), weight, bias),
                list(out.value()),
                settings));
        rectify(out, fusion);
        tape.push(() -> {
            rectifyGradient(out, fusion);
            List<Runnable> additions = new ArrayList<>();
            // the operation always computes the input's gradient; the image's goes to scratch
            INDArray gradIn = in == image ? scratch("unused", in.shape()) : gradientTarget(in, additions);
            INDArray gradWeight = gradientTarget(convolution.weight(), additions);
            if (bias == null) {
                backward.add(operation(
                        "conv2d_bp", list(in.value(), weight, out.gradient()), list(gradIn, gradWeight), settings));
            } else {
                backward.add(operation(
                        "conv2d_bp",
                        list(in.value(), weight, bias, out.gradient()),
                        list(gradIn, gradWeight, gradientTarget(biasParameter, additions)),
                        settings));
            }
            backward.addAll(additions);
        });
        return out;
    }

    /**
     * Uses average pooling over the whole picture for sums, and the {@code batchnorm} operation for both passes, which
     * are affine per channel. The reduce operations and {@code batchnorm_bp} are ten times slower.
     */
    @Override
    public Tensor normalize(Tensor input, Normalization normalization, Fusion fusion) {
        if (!training) {
            throw new IllegalStateException("normalization is folded into the convolutions at inference");
        }
        Node in = (Node) input;
        Node out = node(in.shape());
        int channels = in.shape().channels();
        BatchStatistics statistics = new BatchStatistics(in.shape(), normalization, kernels.parameters());
        INDArray centered = memory.zeros(dimensions(in.shape()));
        INDArray product = scratch("product", in.shape());
        INDArray zero = memory.zeros(channels);
        INDArray one = memory.filled(1, channels);
        Channels mean = channels(channels);
        Channels variance = channels(channels);
        Channels ofX = channels(in.shape().batch(), 1, 1, channels);
        Channels ofSquare = channels(in.shape().batch(), 1, 1, channels);

        Runnable averageX = averagePerPicture(in.value(), ofX, in.shape());
        Runnable center = affine(in.value(), mean.array, one, one, zero, centered, 0);
        Runnable square = operation("multiply", list(centered, centered), list(product));
        Runnable averageSquare = averagePerPicture(product, ofSquare, in.shape());
        Runnable scale = affine(
                centered,
                zero,
                variance.array,
                kernels.value(normalization.scale()),
                kernels.value(normalization.shift()),
                out.value(),
                Normalization.EPSILON);
        forward.add(() -> {
            averageX.run();
            ofX.pull();
            statistics.mean(ofX.numbers, mean.numbers);
            mean.push();
            center.run();
            square.run();
            averageSquare.run();
            ofSquare.pull();
            statistics.mean(ofSquare.numbers, variance.numbers);
            variance.push();
            scale.run();
            statistics.moveRunning(mean.numbers, variance.numbers);
        });
        rectify(out, fusion);

        tape.push(() -> {
            rectifyGradient(out, fusion);
            List<Runnable> additions = new ArrayList<>();
            INDArray gradIn = gradientTarget(in, additions);
            Channels gradScale = new Channels(gradientTarget(normalization.scale(), additions));
            Channels gradShift = new Channels(gradientTarget(normalization.shift(), additions));
            Channels byGradient = channels(channels);
            Channels byCentered = channels(channels);
            Channels constant = channels(channels);
            Runnable multiply = operation("multiply", list(centered, out.gradient()), list(product));
            Runnable averageGradient = averagePerPicture(out.gradient(), ofX, in.shape());
            Runnable averageProduct = averagePerPicture(product, ofSquare, in.shape());
            Runnable fromCentered = affine(centered, zero, one, byCentered.array, constant.array, product, 0);
            Runnable fromGradient = affine(out.gradient(), zero, one, byGradient.array, zero, gradIn, 0);
            Runnable sum = operation("add", list(gradIn, product), list(gradIn));
            backward.add(() -> {
                multiply.run();
                averageGradient.run();
                averageProduct.run();
                ofX.pull();
                ofSquare.pull();
                statistics.mean(ofX.numbers, gradShift.numbers);
                statistics.mean(ofSquare.numbers, gradScale.numbers);
                statistics.backward(variance.numbers, gradScale, gradShift, byGradient, byCentered, constant);
                fromCentered.run();
                fromGradient.run();
                sum.run();
            });
            backward.addAll(additions);
        });
        return out;
    }

    @Override
    public Tensor add(Tensor left, Tensor right, Fusion fusion) {
        Node a = (Node) left;
        Node b = (Node) right;
        if (!a.shape().equals(b.shape())) {
            throw new IllegalArgumentException("cannot add " + a.shape() + " and " + b.shape());
        }
        Node out = node(a.shape());
        forward.add(operation("add", list(a.value(), b.value()), list(out.value())));
        rectify(out, fusion);
        tape.push(() -> {
            rectifyGradient(out, fusion);
            passGradient(out, a);
            passGradient(out, b);
        });
        return out;
    }

    @Override
    public Tensor relu(Tensor input) {
        Node in = (Node) input;
        Node out = node(in.shape());
        forward.add(relu(in.value(), out.value()));
        tape.push(() -> {
            rectifyGradient(out, Fusion.RELU);
            passGradient(out, in);
        });
        return out;
    }

    @Override
    public Tensor maxPool(Tensor input) {
        Node in = (Node) input;
        Node out = node(in.shape().strided(2, in.shape().channels()));
        long[] settings = {3, 3, 2, 2, 1, 1, 1, 1, EXPLICIT_PADDING, 1, NHWC};
        forward.add(operation("maxpool2d", list(in.value()), list(out.value()), settings));
        tape.push(() -> {
            List<Runnable> additions = new ArrayList<>();
            INDArray gradIn = gradientTarget(in, additions);
            backward.add(operation("maxpool2d_bp", list(in.value(), out.gradient()), list(gradIn), settings));
            backward.addAll(additions);
        });
        return out;
    }

    @Override
    public Tensor upsample(Tensor input, int height, int width) {
        Node in = (Node) input;
        Shape doubled = in.shape().doubled();
        Node out = node(in.shape().upsampled(height, width));
        boolean whole = out.shape().equals(doubled);
        long[] settings = {2, 2, 0};
        INDArray large = whole ? out.value() : scratch("upsampled", doubled);
        forward.add(operation("upsampling2d", list(in.value()), list(large), settings));
        if (!whole) {
            long[] begin = {0, 0, 0, 0};
            long[] size = dimensions(out.shape());
            long[] slice =
                    LongStream.concat(Arrays.stream(begin), Arrays.stream(size)).toArray();
            forward.add(operation("slice", list(large), list(out.value()), slice));
        }
        tape.push(() -> {
            List<Runnable> additions = new ArrayList<>();
            INDArray gradIn = gradientTarget(in, additions);
            INDArray gradLarge = out.gradient();
            if (!whole) {
                gradLarge = scratch("upsampled", doubled);
                INDArray padding = Nd4j.createFromArray(
                        new int[][] {{0, 0}, {0, doubled.height() - height}, {0, doubled.width() - width}, {0, 0}});
                backward.add(operation("pad", list(out.gradient(), padding), list(gradLarge), 0));
            }
            backward.add(operation("upsampling2d_bp", list(in.value(), gradLarge), list(gradIn), 0));
            backward.addAll(additions);
        });
        return out;
    }

    @Override
    public Plan finish(List<Tensor> outputs) {
        List<Node> nodes = outputs.stream().map(Node.class::cast).toList();
        if (training) {
            nodes.forEach(Node::claimGradient);
            tape.forEach(Runnable::run);
        }
        return new Nd4jPlan(kernels, memory, contexts, image, nodes, forward, backward);
    }

    private Node node(Shape shape) {
        long[] size = dimensions(shape);
        return new Node(shape, memory.zeros(size), training ? memory.zeros(size) : null);
    }

    private static long[] dimensions(Shape s) {
        return new long[] {s.batch(), s.height(), s.width(), s.channels()};
    }

    private INDArray scratch(String purpose, Shape shape) {
        return memory.scratch(purpose, dimensions(shape));
    }

    private Channels channels(long... shape) {
        return new Channels(memory.zeros(shape));
    }

    private static List<INDArray> list(INDArray... arrays) {
        return List.of(arrays);
    }

    private Runnable operation(String name, List<INDArray> in, List<INDArray> out, long... integers) {
        return operation(name, in, out, new double[0], integers);
    }

    private Runnable operation(String name, List<INDArray> in, List<INDArray> out, double[] reals, long... integers) {
        OpContext context = Nd4j.getExecutioner().buildContext();
        context.setInputArrays(in.toArray(INDArray[]::new));
        context.setOutputArrays(out.toArray(INDArray[]::new));
        if (integers.length > 0) {
            context.setIArguments(integers);
        }
        if (reals.length > 0) {
            context.setTArguments(reals);
        }
        contexts.add(context);
        CustomOp op = DynamicCustomOp.builder(name).build();
        return () -> Nd4j.getExecutioner().exec(op, context);
    }

    /** {@code (x − mean) / √(variance + ε) · scale + shift} per channel. */
    private Runnable affine(
            INDArray x,
            INDArray mean,
            INDArray variance,
            INDArray scale,
            INDArray shift,
            INDArray out,
            double epsilon) {
        return operation(
                "batchnorm", list(x, mean, variance, scale, shift), list(out), new double[] {epsilon}, 1, 1, 3);
    }

    private Runnable averagePerPicture(INDArray x, Channels to, Shape shape) {
        long h = shape.height();
        long w = shape.width();
        return operation("avgpool2d", list(x), list(to.array), h, w, h, w, 0, 0, 1, 1, EXPLICIT_PADDING, 0, NHWC);
    }

    private Runnable relu(INDArray from, INDArray to) {
        return operation("relu", list(from), list(to), new double[] {0});
    }

    private void rectify(Node out, Fusion fusion) {
        if (fusion == Fusion.RELU) {
            forward.add(relu(out.value(), out.value()));
        }
    }

    /** Multiplies the gradient in place by the sign of the result, which is 0 or 1: the backward pass of max(0, ·). */
    private void rectifyGradient(Node out, Fusion fusion) {
        if (fusion == Fusion.RELU) {
            INDArray sign = scratch("sign", out.shape());
            Sign signOf = new Sign(out.value(), sign);
            Runnable gate = operation("multiply", list(sign, out.gradient()), list(out.gradient()));
            backward.add(() -> Nd4j.getExecutioner().exec(signOf));
            backward.add(gate);
        }
    }

    private void passGradient(Node from, Node to) {
        if (to.claimGradient()) {
            backward.add(operation("add", list(to.gradient(), from.gradient()), list(to.gradient())));
        } else {
            backward.add(operation("identity", list(from.gradient()), list(to.gradient())));
        }
    }

    /**
     * The array to which a consumer writes a node's gradient: the gradient itself, or scratch that {@code additions}
     * then add to it.
     */
    private INDArray gradientTarget(Node node, List<Runnable> additions) {
        if (!node.claimGradient()) {
            return node.gradient();
        }
        INDArray part = scratch("part", node.shape());
        additions.add(operation("add", list(node.gradient(), part), list(node.gradient())));
        return part;
    }

    private INDArray gradientTarget(Parameter parameter, List<Runnable> additions) {
        INDArray whole = kernels.gradient(parameter);
        if (written.add(parameter)) {
            return whole;
        }
        INDArray part = memory.scratch("part of a parameter", whole.shape());
        additions.add(operation("add", list(whole, part), list(whole)));
        return part;
    }
}
