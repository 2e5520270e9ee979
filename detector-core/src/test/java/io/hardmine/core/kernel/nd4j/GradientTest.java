package io.hardmine.core.kernel.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Fusion;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.PlanBuilder;
import io.hardmine.core.kernel.PlannedOperations;
import io.hardmine.core.kernel.PlannedOperations.Layers;
import io.hardmine.core.kernel.Planner;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Tensor;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;

/** Gradients of the planned operations against central differences, in double precision. */
class GradientTest {
    private static final double STEP = 1.0 / (1 << 14);
    private static final int CHANNELS = 4;

    @TestFactory
    List<DynamicTest> everyOperation() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int[] size : new int[][] {{1, 5, 7}, {2, 6, 4}, {3, 3, 3}}) {
            String suffix = " at %d × %d × %d".formatted(size[0], size[1], size[2]);
            PlannedOperations.on(CHANNELS).forEach((name, layers) -> tests.add(check(name + suffix, size, layers)));
        }
        return tests;
    }

    /** The layers under test stand on a 1 × 1 convolution, whose weight gradient shows the gradient by their input. */
    private DynamicTest check(String name, int[] size, Layers layers) {
        return DynamicTest.dynamicTest(name, () -> {
            Parameters.Builder builder = new Parameters.Builder();
            Convolution first = PlannedOperations.convolution(builder, "input", 1, 3, CHANNELS, 1, true);
            BiFunction<Planner, Tensor, List<Tensor>> rest = layers.register(builder);
            Parameters parameters = builder.build(1);
            parameters.initialize(7);
            Shape image = new Shape(size[0], size[1], size[2], 3);
            try (Nd4jKernels kernels = new Nd4jKernels(parameters, DataType.DOUBLE)) {
                PlanBuilder planner = kernels.planner(image, true, kernels.workspace());
                Tensor x = planner.convolution(planner.image(), first, Fusion.NONE);
                try (Nd4jPlan plan = (Nd4jPlan) planner.finish(rest.apply(planner, x))) {
                    compare(parameters, kernels, plan, parameters.count());
                }
            }
        });
    }

    @Test
    void theWholeNetwork() {
        RetinaNet network =
                RetinaNet.initialized(new Architecture(2, 3, Architecture.BackboneShape.resnet18(2), 4, 1, 0.01), 3);
        try (Nd4jKernels kernels = new Nd4jKernels(network.parameters(), DataType.DOUBLE);
                Nd4jPlan plan =
                        (Nd4jPlan) network.plan(kernels.planner(new Shape(2, 64, 96, 3), true, kernels.workspace()))) {
            compare(network.parameters(), kernels, plan, 150);
        }
    }

    @Test
    void theWholeNetworkWithNormalizedSubnets() {
        RetinaNet network =
                RetinaNet.initialized(new Architecture(2, 1, Architecture.BackboneShape.tiny(2), 4, 1, true, 0.01), 3);
        try (Nd4jKernels kernels = new Nd4jKernels(network.parameters(), DataType.DOUBLE);
                Nd4jPlan plan =
                        (Nd4jPlan) network.plan(kernels.planner(new Shape(3, 64, 64, 3), true, kernels.workspace()))) {
            compare(network.parameters(), kernels, plan, 60);
        }
    }

    private static void compare(Parameters parameters, Nd4jKernels kernels, Nd4jPlan plan, int samples) {
        Random random = new Random(11);
        float[] image = new float[plan.image().length()];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) random.nextGaussian();
        }
        plan.writeImage(image);
        int outputs = plan.outputs();
        List<float[]> direction = new ArrayList<>();
        for (int o = 0; o < outputs; o++) {
            float[] d = new float[plan.output(o).length()];
            for (int i = 0; i < d.length; i++) {
                d[i] = (float) random.nextGaussian();
            }
            direction.add(d);
        }
        plan.forward();
        for (int o = 0; o < outputs; o++) {
            for (int b = 0; b < plan.output(o).batch(); b++) {
                plan.writeGradient(o, b, direction.get(o), b * plan.output(o).perPicture());
            }
        }
        plan.backward();
        float[] gradients = parameters.gradients().toArray();
        int[] places = parameters
                .trained()
                .flatMapToInt(p -> IntStream.range(p.offset(), p.offset() + p.length()))
                .toArray();
        int kinks = 0;
        for (int s = 0; s < samples; s++) {
            int i = places[samples == places.length ? s : random.nextInt(places.length)];
            double coarse = slope(parameters, kernels, plan, direction, i, STEP);
            double fine = slope(parameters, kernels, plan, direction, i, STEP / 4);
            double tolerance = 1e-5 * (1 + Math.abs(fine));
            if (Math.abs(coarse - fine) > tolerance) {
                kinks++; // a ReLU or a maximum changes sides within the step: there is no derivative to compare with
                continue;
            }
            Parameter owner = parameters
                    .trained()
                    .filter(p -> i >= p.offset() && i < p.offset() + p.length())
                    .findFirst()
                    .orElseThrow();
            assertEquals(fine, gradients[i], 3 * tolerance, () -> owner.name() + "[" + (i - owner.offset()) + "]");
        }
        assertTrue(kinks <= samples / 20, kinks + " of " + samples + " points have no derivative within the step");
    }

    private static double slope(
            Parameters parameters, Nd4jKernels kernels, Nd4jPlan plan, List<float[]> direction, int i, double step) {
        float center = parameters.values().get(i);
        parameters.values().set(i, (float) (center + step));
        double above = parameters.values().get(i);
        double high = loss(kernels, plan, direction);
        parameters.values().set(i, (float) (center - step));
        double below = parameters.values().get(i);
        double low = loss(kernels, plan, direction);
        parameters.values().set(i, center);
        return (high - low) / (above - below);
    }

    private static double loss(Nd4jKernels kernels, Nd4jPlan plan, List<float[]> direction) {
        kernels.upload();
        plan.forward();
        double sum = 0;
        for (int o = 0; o < direction.size(); o++) {
            double[] values = plan.outputArray(o).data().asDouble();
            for (int k = 0; k < values.length; k++) {
                sum += values[k] * direction.get(o)[k];
            }
        }
        return sum;
    }
}
