package io.hardmine.core.kernel.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Fusion;
import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameter.Initialization;
import io.hardmine.core.kernel.Parameter.Role;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.Plan;
import io.hardmine.core.kernel.PlanBuilder;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.dnnl.global.dnnl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("processor")
class WeightOrderTest {
    private static final Shape IMAGE = new Shape(2, 9, 11, 3);

    private final Parameters.Builder builder = new Parameters.Builder();
    private final Convolution first = convolution("first", 3, 48, 3);
    private final Convolution second = convolution("second", 48, 80, 3);
    private final Convolution third = convolution("third", 80, 24, 1);

    private Convolution convolution(String name, int in, int out, int kernel) {
        Parameter weight = builder.add(name + ".weight", Role.WEIGHT, Initialization.HE, kernel, kernel, in, out);
        Parameter bias = builder.add(name + ".bias", Role.BIAS, Initialization.normal(0.4), out);
        return new Convolution(weight, bias, 1);
    }

    /** Outputs of training and of inference, and gradients in plain order, of a network whose weights lie in such blocks. */
    private List<float[]> results(int block) {
        List<float[]> results = new ArrayList<>();
        float[] pixels = random(IMAGE.length());
        try (Parameters parameters = builder.build(block)) {
            parameters.initialize(3);
            try (Kernels kernels = new OneDnnProvider().open(parameters, Precision.F32);
                    Workspace workspace = kernels.workspace();
                    Plan training = plan(kernels.planner(IMAGE, true, workspace));
                    Plan inference = plan(kernels.planner(IMAGE, false, workspace))) {
                for (Plan plan : List.of(inference, training)) {
                    plan.writeImage(pixels);
                    plan.forward();
                    float[] output = new float[plan.output(0).length()];
                    for (int b = 0; b < IMAGE.batch(); b++) {
                        plan.readOutput(0, b, output, b * plan.output(0).perPicture());
                    }
                    results.add(output);
                }
                float[] gradient = random(training.output(0).length());
                for (int b = 0; b < IMAGE.batch(); b++) {
                    training.writeGradient(
                            0, b, gradient, b * training.output(0).perPicture());
                }
                training.backward();
                parameters.plain(parameters.gradients()).forEach(results::add);
            }
        }
        return results;
    }

    private Plan plan(PlanBuilder planner) {
        var x = planner.convolution(planner.image(), first, Fusion.RELU);
        return planner.finish(
                List.of(planner.convolution(planner.convolution(x, second, Fusion.RELU), third, Fusion.NONE)));
    }

    private static float[] random(int length) {
        Random random = new Random(5);
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    @Test
    void theSameNumbersGiveTheSameBitsInWhicheverBlocksTheWeightsLie() {
        List<float[]> plain = results(1);
        for (int block : new int[] {8, 16}) {
            List<float[]> inBlocks = results(block);
            assertEquals(plain.size(), inBlocks.size());
            for (int i = 0; i < plain.size(); i++) {
                assertArrayEquals(plain.get(i), inBlocks.get(i), "result " + i + " with blocks of " + block);
            }
        }
    }

    @Test
    void weightsLieInTheBlocksOfTheProcessorsWidestInstructions() {
        int wide = dnnl.dnnl_cpu_isa_avx512_core;
        boolean isWide = (dnnl.dnnl_get_effective_cpu_isa() & wide) == wide;
        assertEquals(isWide ? 16 : 8, new OneDnnProvider().block());
    }
}
