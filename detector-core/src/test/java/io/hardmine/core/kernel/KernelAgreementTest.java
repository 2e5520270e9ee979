package io.hardmine.core.kernel;

import static io.hardmine.core.kernel.PlannedOperations.convolution;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hardmine.core.kernel.PlannedOperations.Layers;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * oneDNN against ND4J's operations, values and gradients. Both compute in single precision and add up in different
 * orders, so results differ by a few units in the last place of the largest term: 1e-5 of the tensor's largest number
 * for one operation, 1e-4 for a whole network at inference, 1e-3 in training, where normalizations divide by small
 * deviations, and 1e-2 in training of a deep one. So it is with a whole network's gradients, taken as one vector for
 * each parameter, but where a unit is within rounding of zero, or two as near in a pooling window: they fall on either
 * side, and that unit's gradient comes or goes as a whole. (Double precision sides with either.) Whether there is one
 * depends on the picture, the processor and the number of threads; so of several pictures some have to agree. In bf16
 * every stored number is rounded to 8 bits: 2^-8 of it each time.
 */
@Tag("processor")
class KernelAgreementTest {
    private static final int PICTURES = 10;
    private static final int PICTURE = 11;

    private static KernelProvider provider(String name) {
        return KernelProvider.all().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @TestFactory
    List<DynamicTest> everyOperation() {
        List<DynamicTest> tests = new ArrayList<>();
        int[][] sizes = {{1, 5, 7, 4}, {2, 6, 4, 16}, {1, 1, 5, 1}, {3, 33, 2, 20}, {1, 3, 40, 32}, {2, 13, 18, 32}};
        for (int[] size : sizes) {
            PlannedOperations.on(size[3]).forEach((name, layers) -> tests.add(operation(name, size, layers)));
        }
        return tests;
    }

    /**
     * With many channels 3 × 3 windows go by way of Winograd's transform, oneDNN's or ours, whose sums have larger terms:
     * 2e-5 of the largest number. The second convolution shares the first one's weight, on another number of places.
     * Gradients are judged without max(0, ·): among so many units some are on the brink.
     */
    @TestFactory
    List<DynamicTest> convolutionsOfManyChannels() {
        List<DynamicTest> tests = new ArrayList<>();
        int[][] sizes = {
            {1, 17, 19, 64},
            {4, 8, 8, 64},
            {2, 16, 13, 128},
            {1, 5, 130, 64},
            {2, 33, 62, 72},
            {4, 32, 32, 64},
            // channels that do not fill their last block
            {2, 24, 24, 36},
            {1, 40, 37, 27},
            {1, 21, 50, 130}
        };
        for (int[] size : sizes) {
            int channels = size[3];
            for (boolean training : new boolean[] {false, true}) {
                tests.add(operation("many channels, training=" + training, size, training, 2e-5, p -> {
                    Convolution c = convolution(p, "c", 3, channels, channels, 1, false);
                    Convolution other = convolution(p, "other", 3, channels, 80, 1, true);
                    return (planner, x) -> List.of(
                            planner.convolution(x, c, training ? Fusion.NONE : Fusion.RELU),
                            planner.convolution(planner.maxPool(x), c, Fusion.NONE),
                            planner.convolution(x, other, training ? Fusion.NONE : Fusion.RELU));
                }));
            }
        }
        return tests;
    }

    private DynamicTest operation(String name, int[] size, Layers layers) {
        return operation(name, size, true, 1e-5, layers);
    }

    private DynamicTest operation(String name, int[] size, boolean training, double tolerance, Layers layers) {
        String where = " at %d × %d × %d × %d".formatted(size[0], size[1], size[2], size[3]);
        return DynamicTest.dynamicTest(name + where, () -> {
            Parameters.Builder builder = new Parameters.Builder();
            Convolution first = convolution(builder, "input", 1, 3, size[3], 1, true);
            BiFunction<Planner, Tensor, List<Tensor>> rest = layers.register(builder);
            Parameters parameters = builder.build(1);
            parameters.initialize(7);
            Shape image = new Shape(size[0], size[1], size[2], 3);
            Function<PlanBuilder, Plan> plan = planner ->
                    planner.finish(rest.apply(planner, planner.convolution(planner.image(), first, Fusion.NONE)));
            Result reference = run(provider("nd4j"), Precision.F32, parameters, image, plan, training, PICTURE);
            reference.compare(
                    run(provider("onednn"), Precision.F32, parameters, image, plan, training, PICTURE), tolerance);
        });
    }

    @TestFactory
    List<DynamicTest> wholeNetworks() {
        List<DynamicTest> tests = new ArrayList<>();
        List<Architecture.BackboneShape> backbones = List.of(
                Architecture.BackboneShape.tiny(16),
                Architecture.BackboneShape.resnet18(8),
                Architecture.BackboneShape.resnet50(4));
        for (Architecture.BackboneShape backbone : backbones) {
            for (int anchors : new int[] {9, 1}) {
                for (int[] size : new int[][] {{2, 64, 96}, {1, 32, 256}, {1, 224, 32}}) {
                    Architecture architecture = new Architecture(3, anchors, backbone, 16, 2, anchors == 1, 0.01);
                    tests.add(DynamicTest.dynamicTest(
                            architecture + " " + Arrays.toString(size), () -> wholeNetwork(architecture, size)));
                }
            }
        }
        return tests;
    }

    /**
     * Training where batches have two pictures: with one cell a channel, batch normalization gives ±1 by rounding alone. A
     * network with many kinks has single pictures on which rounding decides a max(0, ·), so half of the pictures count. A
     * deep one has such a max(0, ·) on most pictures, so a quarter counts.
     */
    private static void wholeNetwork(Architecture architecture, int[] size) {
        Shape image = new Shape(size[0], size[1], size[2], 3);
        boolean training = size[0] > 1;
        boolean deep = architecture.backbone().block() == Architecture.Block.BOTTLENECK;
        double forward = !training ? 1e-4 : deep ? 1e-2 : 1e-3;
        int counted = PICTURES / (deep ? 4 : 2);
        double[] differences = new double[PICTURES];
        try (RetinaNet network = RetinaNet.initialized(architecture, 5)) {
            RetinaNet runs = training ? network : network.folded();
            for (int picture = 0; picture < PICTURES; picture++) {
                int seed = picture;
                Function<String, Result> on = kernels ->
                        run(provider(kernels), Precision.F32, runs.parameters(), image, runs::plan, training, seed);
                Result reference = on.apply("nd4j");
                Result other = on.apply("onednn");
                reference.compareForward(other, forward);
                differences[picture] = training ? reference.largestDifference(other) : 0;
            }
        }
        Arrays.sort(differences);
        assertEquals(0, differences[counted], 1e-2, "largest difference of gradients on the pictures that count");
    }

    @TestFactory
    List<DynamicTest> inBf16() {
        assumeTrue(provider("onednn").supports(Precision.BF16), "no bf16 in this processor");
        RetinaNet network =
                RetinaNet.initialized(new Architecture(3, 9, Architecture.BackboneShape.tiny(16), 32, 2, 0.01), 5);
        return List.of(DynamicTest.dynamicTest("inference stays within the format's rounding", () -> {
            RetinaNet folded = network.folded();
            Shape image = new Shape(2, 64, 96, 3);
            Result reference =
                    run(provider("nd4j"), Precision.F32, folded.parameters(), image, folded::plan, false, PICTURE);
            reference.compare(
                    run(provider("onednn"), Precision.BF16, folded.parameters(), image, folded::plan, false, PICTURE),
                    0.03);
        }));
    }

    /**
     * A convolution's training in bf16. Its input and the gradient it gets are rounded to 8 bits, and so are weights where
     * it computes directly; sums are in single precision. Rounding errors of 2^-9 in each of three factors, and one
     * more where a result is stored, stay under 2^-6 of the largest number. On 48² places and more with 128 channels Winograd
     * takes over, which has its own path through conversions.
     */
    @TestFactory
    List<DynamicTest> convolutionsInBf16() {
        assumeTrue(provider("onednn").supports(Precision.BF16), "no bf16 in this processor");
        List<DynamicTest> tests = new ArrayList<>();
        int[][] sizes = {{2, 5, 7, 16}, {1, 3, 40, 32}, {3, 33, 2, 20}, {1, 1, 5, 1}, {1, 48, 48, 128}, {1, 47, 49, 128}
        };
        for (int[] size : sizes) {
            String name = "convolution of %d × %d × %d × %d".formatted(size[0], size[1], size[2], size[3]);
            tests.add(DynamicTest.dynamicTest(name, () -> {
                Parameters.Builder builder = new Parameters.Builder();
                Convolution first = convolution(builder, "input", 1, 3, size[3], 1, true);
                Convolution second = convolution(builder, "c", 3, size[3], size[3], 1, true);
                Function<PlanBuilder, Plan> plan = planner -> planner.finish(List.of(planner.convolution(
                        planner.convolution(planner.image(), first, Fusion.NONE), second, Fusion.NONE)));
                compareInBf16(builder, new Shape(size[0], size[1], size[2], 3), plan, Math.scalb(1, -6));
            }));
        }
        // one rounding more from the first use to the second; the weight's form is made once for the three
        tests.add(DynamicTest.dynamicTest("a weight with three uses", () -> {
            Parameters.Builder builder = new Parameters.Builder();
            Convolution first = convolution(builder, "input", 1, 3, 32, 1, true);
            Convolution shared = convolution(builder, "c", 3, 32, 32, 1, true);
            Function<PlanBuilder, Plan> plan = planner -> {
                Tensor x = planner.convolution(planner.image(), first, Fusion.NONE);
                Tensor once = planner.convolution(x, shared, Fusion.NONE);
                return planner.finish(List.of(
                        planner.convolution(once, shared, Fusion.NONE),
                        planner.convolution(planner.maxPool(x), shared, Fusion.NONE),
                        once));
            };
            compareInBf16(builder, new Shape(2, 13, 18, 3), plan, Math.scalb(1, -5));
        }));
        return tests;
    }

    private static void compareInBf16(
            Parameters.Builder builder, Shape image, Function<PlanBuilder, Plan> plan, double tolerance) {
        Parameters parameters = builder.build(1);
        parameters.initialize(7);
        Result reference = run(provider("nd4j"), Precision.F32, parameters, image, plan, true, PICTURE);
        reference.compare(run(provider("onednn"), Precision.BF16, parameters, image, plan, true, PICTURE), tolerance);
    }

    private record Result(List<float[]> outputs, float[] gradients, float[] statistics, List<Parameter> parameters) {
        void compare(Result other, double tolerance) {
            compareForward(other, tolerance);
            // a bias before a normalization has no gradient but rounding: judge it by its neighbors' size
            close(true, gradients, other.gradients, tolerance);
        }

        void compareForward(Result other, double tolerance) {
            for (int o = 0; o < outputs.size(); o++) {
                close("output " + o, outputs.get(o), other.outputs.get(o), tolerance * largest(outputs.get(o)));
            }
            close(false, statistics, other.statistics, tolerance);
        }

        private void close(boolean trained, float[] mine, float[] theirs, double tolerance) {
            parameters.stream()
                    .filter(p -> p.role().trained() == trained)
                    .forEach(p -> close(
                            p.name(),
                            Arrays.copyOfRange(mine, p.offset(), p.offset() + p.length()),
                            Arrays.copyOfRange(theirs, p.offset(), p.offset() + p.length()),
                            tolerance * largest(mine)));
        }

        /**
         * How far the gradients of a parameter differ at most, as a share of their length. A bias before a normalization has
         * no gradient but rounding, and is judged by the largest.
         */
        double largestDifference(Result other) {
            double least = 1e-3 * largest(gradients);
            return parameters.stream()
                    .filter(p -> p.role().trained())
                    .mapToDouble(p -> {
                        double apart = 0;
                        double length = 0;
                        for (int i = p.offset(); i < p.offset() + p.length(); i++) {
                            apart += Math.pow(gradients[i] - other.gradients[i], 2);
                            length += Math.pow(gradients[i], 2);
                        }
                        return Math.sqrt(apart / Math.max(length, p.length() * least * least));
                    })
                    .max()
                    .orElseThrow();
        }

        private static double largest(float[] numbers) {
            double largest = 1e-3;
            for (float n : numbers) {
                largest = Math.max(largest, Math.abs(n));
            }
            return largest;
        }

        private static void close(String what, float[] expected, float[] actual, double tolerance) {
            for (int i = 0; i < expected.length; i++) {
                int at = i;
                assertEquals(expected[i], actual[i], tolerance, () -> what + "[" + at + "]");
            }
        }
    }

    private static Result run(
            KernelProvider provider,
            Precision precision,
            Parameters parameters,
            Shape image,
            Function<PlanBuilder, Plan> network,
            boolean training,
            int seed) {
        float[] statistics = parameters.statistics().clone();
        Random random = new Random(seed);
        float[] pixels = new float[image.length()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        List<float[]> outputs = new ArrayList<>();
        try (Kernels kernels = provider.open(parameters, precision);
                Workspace workspace = kernels.workspace();
                Plan plan = network.apply(kernels.planner(image, training, workspace))) {
            int times = 2; // the second run finds memory as the first left it
            for (int t = 0; t < times; t++) {
                System.arraycopy(statistics, 0, parameters.statistics(), 0, statistics.length);
                outputs.clear();
                plan.writeImage(pixels);
                plan.forward();
                for (int o = 0; o < plan.outputs(); o++) {
                    float[] output = new float[plan.output(o).length()];
                    for (int b = 0; b < image.batch(); b++) {
                        plan.readOutput(o, b, output, b * plan.output(o).perPicture());
                    }
                    outputs.add(output);
                }
                if (training) {
                    Random directions = new Random(13);
                    for (int o = 0; o < plan.outputs(); o++) {
                        float[] direction = new float[plan.output(o).length()];
                        for (int i = 0; i < direction.length; i++) {
                            direction[i] = (float) directions.nextGaussian();
                        }
                        for (int b = 0; b < image.batch(); b++) {
                            plan.writeGradient(
                                    o, b, direction, b * plan.output(o).perPicture());
                        }
                    }
                    plan.backward();
                }
            }
            assertTrue(outputs.size() > 0);
        }
        Result result = new Result(
                outputs,
                training
                        ? parameters.gradients().toArray()
                        : new float[parameters.gradients().length()],
                parameters.statistics().clone(),
                parameters.all());
        System.arraycopy(statistics, 0, parameters.statistics(), 0, statistics.length);
        return result;
    }
}
