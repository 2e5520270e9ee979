package io.hardmine.core.kernel.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Fusion;
import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.kernel.Parameter.Initialization;
import io.hardmine.core.kernel.Parameter.Role;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.Plan;
import io.hardmine.core.kernel.PlanBuilder;
import io.hardmine.core.kernel.Planner;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Tensor;
import io.hardmine.core.kernel.Workspace;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * oneDNN has code for every processor, {@code ref}, up to a hundred times slower than what it has for this one. Nothing may
 * run on it: not convolutions, pooling, upsampling, sums, normalizations, or reorders. {@code simple} is different: those
 * are plain loops over whole rows, which the compiler turned into vectors (sums; the backward pass of upsampling on AVX2).
 */
@Tag("processor")
class ImplementationsTest {
    private static List<String> planned(
            Parameters parameters, Shape image, boolean training, Function<PlanBuilder, Plan> network) {
        try (Kernels kernels = new OneDnnProvider().open(parameters, Precision.F32);
                Workspace workspace = kernels.workspace();
                OneDnnPlan plan = (OneDnnPlan) network.apply(kernels.planner(image, training, workspace))) {
            return plan.implementations();
        }
    }

    @TestFactory
    List<DynamicTest> noConvolutionRunsOnReferenceCode() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int kernel : new int[] {1, 3, 7}) {
            for (int stride : new int[] {1, 2}) {
                for (int height = 1; height <= 5; height++) {
                    for (int width : new int[] {1, 40}) {
                        for (int batch : new int[] {1, 4}) {
                            Shape image = new Shape(batch, height, width, 3);
                            tests.add(DynamicTest.dynamicTest(
                                    "window %d, stride %d, %s".formatted(kernel, stride, image),
                                    () -> assertEquals(
                                            List.of(), onReferenceCode(convolutions(image, kernel, stride)))));
                        }
                    }
                }
            }
        }
        return tests;
    }

    /** What a plan of convolutions, of the image and of an activation with more channels, runs. */
    private static List<String> convolutions(Shape image, int kernel, int stride) {
        Parameters.Builder builder = new Parameters.Builder();
        List<Function<Planner, Tensor>> outputs = new ArrayList<>();
        for (int[] channels : new int[][] {{27, 36}, {36, 27}, {64, 64}, {64, 27}}) {
            String name = channels[0] + " to " + channels[1];
            Convolution first = convolution(builder, "3 to " + name, kernel, 3, channels[0], 1);
            Convolution second = convolution(builder, name, kernel, channels[0], channels[1], stride);
            outputs.add(planner ->
                    planner.convolution(planner.convolution(planner.image(), first, Fusion.NONE), second, Fusion.RELU));
        }
        try (Parameters parameters = builder.build(new OneDnnProvider().block())) {
            return planned(
                    parameters,
                    image,
                    true,
                    planner -> planner.finish(
                            outputs.stream().map(o -> o.apply(planner)).toList()));
        }
    }

    private static Convolution convolution(Parameters.Builder p, String name, int kernel, int in, int out, int stride) {
        return new Convolution(
                p.add(name + ".weight", Role.WEIGHT, Initialization.HE, kernel, kernel, in, out),
                p.add(name + ".bias", Role.BIAS, Initialization.normal(0.4), out),
                stride);
    }

    private static List<String> onReferenceCode(List<String> implementations) {
        return implementations.stream().filter(i -> i.contains(" ref")).toList();
    }

    @TestFactory
    List<DynamicTest> noNetworkRunsOnReferenceCode() {
        List<DynamicTest> tests = new ArrayList<>();
        List<Architecture.BackboneShape> backbones = List.of(
                Architecture.BackboneShape.tiny(16),
                Architecture.BackboneShape.resnet18(32),
                Architecture.BackboneShape.resnet50(16));
        for (Architecture.BackboneShape backbone : backbones) {
            for (int[] size : new int[][] {{2, 64, 96}, {1, 32, 256}, {1, 224, 32}, {4, 256, 256}, {2, 160, 320}}) {
                for (boolean training : new boolean[] {true, false}) {
                    tests.add(DynamicTest.dynamicTest(
                            "%s, %s, training %s".formatted(backbone, Arrays.toString(size), training), () -> {
                                try (RetinaNet network = RetinaNet.initialized(
                                                new Architecture(3, 9, backbone, 64, 2, 0.01), 5);
                                        RetinaNet folded = network.folded()) {
                                    RetinaNet runs = training ? network : folded;
                                    Shape image = new Shape(size[0], size[1], size[2], 3);
                                    assertEquals(
                                            List.of(),
                                            onReferenceCode(planned(runs.parameters(), image, training, runs::plan)));
                                }
                            }));
                }
            }
        }
        return tests;
    }
}
