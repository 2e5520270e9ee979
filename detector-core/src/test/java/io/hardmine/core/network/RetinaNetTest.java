package io.hardmine.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.kernel.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetinaNetTest {
    private static final int SHARE_OF_NOISE = 10;

    private static RetinaNet tiny() {
        return RetinaNet.initialized(new Architecture(2, 9, Architecture.BackboneShape.tiny(8), 16, 2, 0.01), 1);
    }

    private static RetinaNet normalized() {
        return RetinaNet.initialized(new Architecture(2, 9, Architecture.BackboneShape.tiny(8), 16, 2, true, 0.01), 1);
    }

    private static float[] picture(Shape shape, long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[shape.length()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        return pixels;
    }

    @Test
    void subnetsHaveOneSetOfWeightsForAllLevels() {
        List<String> heads = tiny().parameters().all().stream()
                .map(Parameter::name)
                .filter(n -> n.startsWith("classes") || n.startsWith("boxes"))
                .toList();
        assertEquals(
                List.of(
                        "classes.tower0.weight",
                        "classes.tower0.bias",
                        "classes.tower1.weight",
                        "classes.tower1.bias",
                        "classes.last.weight",
                        "classes.last.bias",
                        "boxes.tower0.weight",
                        "boxes.tower0.bias",
                        "boxes.tower1.weight",
                        "boxes.tower1.bias",
                        "boxes.last.weight",
                        "boxes.last.bias"),
                heads);
    }

    @Test
    void normalizedSubnetsShareTheirWeightsAndNormalizeEachLevelOnItsOwn() {
        RetinaNet network = normalized();
        List<String> tower = network.parameters().all().stream()
                .map(Parameter::name)
                .filter(n -> n.startsWith("boxes.tower1"))
                .toList();
        assertEquals(1 + 5 * 4, tower.size());
        assertEquals("boxes.tower1.weight", tower.get(0));
        assertTrue(
                tower.containsAll(List.of("boxes.tower1.p3.norm.scale", "boxes.tower1.p7.norm.variance")),
                tower::toString);
        List<String> folded = network.folded().parameters().all().stream()
                .map(Parameter::name)
                .filter(n -> n.startsWith("boxes.tower1"))
                .toList();
        assertEquals(5 * 2, folded.size());
        assertTrue(folded.containsAll(List.of("boxes.tower1.p3.weight", "boxes.tower1.p7.bias")), folded::toString);
    }

    @Test
    void aHeadsGradientIsTheSumOverTheLevels() {
        RetinaNet network = tiny();
        Shape shape = new Shape(2, 64, 64, 3);
        AnchorGrid grid = new AnchorGrid(AnchorShapes.paper(), 64, 64);
        try (Kernels kernels = KernelProvider.best().open(network.parameters(), Precision.F32);
                PlannedNetwork planned = new PlannedNetwork(network, kernels, true)) {
            Parameter bias = network.parameters().get("classes.last.bias");
            float[] whole = biasGradient(network, planned, shape, grid, bias, 0, Architecture.LEVELS);
            float[] sum = new float[bias.length()];
            for (int level = 0; level < Architecture.LEVELS; level++) {
                float[] part = biasGradient(network, planned, shape, grid, bias, level, level + 1);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += part[i];
                    // every logit of the level has a gradient of 1, and every cell of both pictures this bias
                    assertEquals(2.0 * grid.rows(level) * grid.columns(level), part[i], 1e-3);
                }
            }
            for (int i = 0; i < sum.length; i++) {
                assertEquals(whole[i], sum[i], 1e-3);
            }
        }
    }

    private static float[] biasGradient(
            RetinaNet network, PlannedNetwork planned, Shape shape, AnchorGrid grid, Parameter bias, int from, int to) {
        planned.forward(picture(shape, 3), shape);
        RawOutputs gradients = RawOutputs.zeros(2, grid.size(), 2);
        for (int b = 0; b < 2; b++) {
            int first = (b * grid.size() + grid.start(from)) * 2;
            int end = (b * grid.size() + grid.start(to)) * 2;
            Arrays.fill(gradients.logits(), first, end, 1);
        }
        planned.backward(gradients);
        return network.parameters().copyOf(bias, network.parameters().gradients());
    }

    @Test
    void startsAsHeEtAlHaveItButForTheLastConvolutions() {
        RetinaNet network =
                RetinaNet.initialized(new Architecture(4, 9, Architecture.BackboneShape.resnet18(32), 64, 4, 0.01), 1);
        for (Parameter p : network.parameters().all()) {
            float[] values = network.parameters().copyOf(p);
            double mean = 0;
            double square = 0;
            for (float v : values) {
                mean += v / values.length;
                square += (double) v * v / values.length;
            }
            if (p.role() == Parameter.Role.WEIGHT) {
                double fanIn = p.size(0) * p.size(1) * p.size(2);
                boolean last = p.name().contains(".last.");
                double expected = last ? 0.01 : Math.sqrt(2 / fanIn);
                assertEquals(expected, Math.sqrt(square), expected * SHARE_OF_NOISE / 100, p.name());
            } else if (p.name().equals("classes.last.bias")) {
                assertEquals(-Math.log(99), mean, 1e-5);
                assertEquals(mean * mean, square, 1e-4);
            } else if (p.role() == Parameter.Role.BIAS) {
                assertEquals(0, square);
            }
        }
    }

    /** Weights of a ResNet's convolutions at width 64 without the classifier: He et al. 2016, 3 × 3 stems but for the last. */
    @ParameterizedTest
    @CsvSource({"18, 11159232", "34, 21259968", "50, 23454912"})
    void backbonesHaveTheKnownNumberOfWeights(int layers, long expected) {
        Architecture.BackboneShape shape =
                switch (layers) {
                    case 18 -> Architecture.BackboneShape.resnet18(64);
                    case 34 -> Architecture.BackboneShape.resnet34(64);
                    default -> Architecture.BackboneShape.resnet50(64);
                };
        long weights = RetinaNet.empty(new Architecture(1, 1, shape, 8, 0, 0.01), 1).parameters().all().stream()
                .filter(p -> p.name().startsWith("backbone") && p.role() == Parameter.Role.WEIGHT)
                .mapToLong(Parameter::length)
                .sum();
        assertEquals(expected, weights);
    }

    @ParameterizedTest
    @CsvSource({"32, 32", "32, 288", "224, 32", "96, 160"})
    void outputsHaveTheGridsAnchors(int height, int width) {
        RetinaNet folded = tiny().folded();
        Shape shape = new Shape(1, height, width, 3);
        try (Kernels kernels = KernelProvider.best().open(folded.parameters(), Precision.F32);
                PlannedNetwork planned = new PlannedNetwork(folded, kernels, false)) {
            RawOutputs outputs = planned.forward(picture(shape, 1), shape);
            assertEquals(new AnchorGrid(AnchorShapes.paper(), height, width).size(), outputs.anchors());
        }
    }

    /**
     * After enough steps on one batch the running statistics are the batch's, but for the variance, which they take
     * unbiased: n / (n − 1) with n places of the map. That undone, the folded network gives the training network's outputs.
     */
    @ParameterizedTest
    @CsvSource({"2, false", "8, false", "8, true"})
    void foldedNetworkFollowsTheTrainedOne(int batch, boolean headNormalization) {
        RetinaNet network = headNormalization ? normalized() : tiny();
        Shape shape = new Shape(batch, 64, 64, 3);
        float[] pixels = picture(shape, 5);
        float[] trained;
        try (Kernels kernels = KernelProvider.best().open(network.parameters(), Precision.F32);
                PlannedNetwork planned = new PlannedNetwork(network, kernels, true)) {
            for (int i = 0; i < 200; i++) {
                planned.forward(pixels, shape);
            }
            trained = planned.forward(pixels, shape).offsets().clone();
        }
        network.parameters().all().stream()
                .filter(p -> p.name().endsWith(".norm.variance"))
                .forEach(p -> {
                    int side = (64 + stride(p.name()) - 1) / stride(p.name());
                    double places = (double) batch * side * side;
                    float[] statistics = network.parameters().statistics();
                    for (int i = p.offset(); i < p.offset() + p.length(); i++) {
                        statistics[i] *= (float) ((places - 1) / places);
                    }
                });
        RetinaNet folded = network.folded();
        try (Kernels kernels = KernelProvider.best().open(folded.parameters(), Precision.F32);
                PlannedNetwork planned = new PlannedNetwork(folded, kernels, false)) {
            float[] inferred = planned.forward(pixels, shape).offsets();
            double difference = 0;
            double size = 0;
            for (int i = 0; i < trained.length; i++) {
                difference += Math.pow(trained[i] - inferred[i], 2);
                size += Math.pow(trained[i], 2);
            }
            double gap = Math.sqrt(difference / size);
            assertTrue(gap < 1e-4, "relative gap " + gap);
        }
    }

    /**
     * Of the map that a normalization sees: the stem's is 2, the first stage's 4, and each further stage doubles it; in
     * the subnets it is the level's.
     */
    private static int stride(String name) {
        int level = name.indexOf(".p");
        if (level >= 0) {
            return 1 << Character.getNumericValue(name.charAt(level + 2));
        }
        int stage = name.indexOf("stage");
        return stage < 0 ? 2 : 2 << Character.getNumericValue(name.charAt(stage + "stage".length()));
    }

    /**
     * Neither a step nor a plan leaves native objects behind: their memory would be freed by Java's collector only, which
     * does not see how large it is. The count is exact; the process's memory is not, since it holds Java's heap.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noNativeObjectOutlivesItsPlan(boolean training) {
        // 32 channels, and maps of up to 160 × 224: enough for every kind of convolution, our Winograd's on AVX2 too
        RetinaNet trained =
                RetinaNet.initialized(new Architecture(2, 9, Architecture.BackboneShape.tiny(8), 32, 2, 0.01), 1);
        RetinaNet network = training ? trained : trained.folded();
        AnchorShapes shapes = AnchorShapes.paper();
        try (Kernels kernels = KernelProvider.best().open(network.parameters(), Precision.F32);
                PlannedNetwork planned = new PlannedNetwork(network, kernels, training)) {
            long before = 0;
            for (int i = 0; i < 120; i++) {
                Shape shape = new Shape(1, 32 * (1 + i % 5), 32 * (1 + i % 7), 3);
                planned.forward(new float[shape.length()], shape);
                if (training) {
                    int anchors = new AnchorGrid(shapes, shape.height(), shape.width()).size();
                    planned.backward(RawOutputs.zeros(1, anchors, 2));
                }
                if (i == 49) { // 35 sizes make all copies of weights, and the same four plans are open as at the end
                    before = Pointer.totalCount();
                }
            }
            long after = Pointer.totalCount();
            assertTrue(after <= before, before + " native objects have become " + after);
        }
    }
}
