package io.hardmine.core.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Plan;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Workspace;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Our kernels against DL4J's stock layers, an independent implementation of the same network. Both compute in single
 * precision; the normalizations of a whole network divide by small deviations, so results differ by up to 1e-3 of the
 * tensor's largest number.
 */
class Dl4jGraphTest {
    private static final double TOLERANCE = 1e-3;

    private static RetinaNet network() {
        return RetinaNet.initialized(new Architecture(2, 3, Architecture.BackboneShape.tiny(8), 8, 1, 0.01), 3);
    }

    /** What our kernels say: outputs as NHWC, and after a backward pass the parameters' gradients. */
    private record Ours(List<float[]> outputs, List<Shape> shapes, List<float[]> directions) {}

    private static float[] pixels(Shape image) {
        Random random = new Random(5);
        float[] pixels = new float[image.length()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        return pixels;
    }

    private static Ours run(RetinaNet network, Shape image, boolean training) {
        float[] statistics = network.parameters().statistics().clone();
        KernelProvider provider = KernelProvider.best();
        try (Kernels kernels = provider.open(network.parameters(), Precision.F32);
                Workspace workspace = kernels.workspace();
                Plan plan = network.plan(kernels.planner(image, training, workspace))) {
            plan.writeImage(pixels(image));
            plan.forward();
            List<float[]> outputs = new ArrayList<>();
            List<Shape> shapes = new ArrayList<>();
            List<float[]> directions = new ArrayList<>();
            Random random = new Random(9);
            for (int o = 0; o < plan.outputs(); o++) {
                Shape shape = plan.output(o);
                float[] output = new float[shape.length()];
                float[] direction = new float[shape.length()];
                for (int i = 0; i < direction.length; i++) {
                    direction[i] = (float) random.nextGaussian();
                }
                for (int b = 0; b < shape.batch(); b++) {
                    plan.readOutput(o, b, output, b * shape.perPicture());
                }
                outputs.add(output);
                shapes.add(shape);
                directions.add(direction);
            }
            if (training) {
                for (int o = 0; o < plan.outputs(); o++) {
                    for (int b = 0; b < image.batch(); b++) {
                        plan.writeGradient(
                                o, b, directions.get(o), b * shapes.get(o).perPicture());
                    }
                }
                plan.backward();
            }
            System.arraycopy(statistics, 0, network.parameters().statistics(), 0, statistics.length);
            return new Ours(outputs, shapes, directions);
        }
    }

    private static INDArray nchw(float[] nhwc, Shape s) {
        return Nd4j.createFromArray(nhwc)
                .reshape(s.batch(), s.height(), s.width(), s.channels())
                .permute(0, 3, 1, 2)
                .dup('c');
    }

    private static float[] nhwc(INDArray nchw) {
        return nchw.permute(0, 2, 3, 1).dup('c').reshape(nchw.length()).toFloatVector();
    }

    private static void close(String what, float[] expected, float[] actual) {
        double largest = 1e-3;
        for (float e : expected) {
            largest = Math.max(largest, Math.abs(e));
        }
        assertArrayEquals(expected, actual, (float) (TOLERANCE * largest), what);
    }

    @ParameterizedTest
    @CsvSource({"64, 96", "32, 160", "96, 32"})
    void infersWhatOurNetworkDoes(int height, int width) {
        RetinaNet folded = network().folded();
        Shape image = new Shape(2, height, width, 3);
        Ours ours = run(folded, image, false);
        INDArray[] theirs = Dl4jGraph.of(folded, height, width).graph().output(false, nchw(pixels(image), image));
        for (int o = 0; o < theirs.length; o++) {
            close("output " + o, ours.outputs().get(o), nhwc(theirs[o]));
        }
    }

    @Test
    void normalisesByRunningStatisticsAsTheFoldedNetworkDoes() {
        RetinaNet network = network();
        Random random = new Random(1);
        for (int i = 0; i < network.parameters().statistics().length; i++) {
            network.parameters().statistics()[i] = 0.5f + random.nextFloat();
        }
        Shape image = new Shape(2, 64, 64, 3);
        Ours ours = run(network.folded(), image, false);
        INDArray[] theirs = Dl4jGraph.of(network, 64, 64).graph().output(false, nchw(pixels(image), image));
        for (int o = 0; o < theirs.length; o++) {
            close("output " + o, ours.outputs().get(o), nhwc(theirs[o]));
        }
    }

    @Test
    void trainsAsOurNetworkDoes() {
        RetinaNet network = network();
        Shape image = new Shape(3, 64, 96, 3);
        Ours ours = run(network, image, true);
        Dl4jGraph exported = Dl4jGraph.of(network, 64, 96);
        ComputationGraph graph = exported.graph();
        // a backward pass apart from the forward one finds DL4J's workspaces closed
        graph.getConfiguration().setTrainingWorkspaceMode(WorkspaceMode.NONE);
        var activations = graph.feedForward(new INDArray[] {nchw(pixels(image), image)}, true, false);
        INDArray[] directions = new INDArray[ours.outputs().size()];
        for (int o = 0; o < directions.length; o++) {
            close(
                    "output " + o,
                    ours.outputs().get(o),
                    nhwc(activations.get(
                            graph.getConfiguration().getNetworkOutputs().get(o))));
            directions[o] = nchw(ours.directions().get(o), ours.shapes().get(o));
        }
        Gradient gradient = graph.backpropGradient(directions);
        for (Parameter parameter : network.parameters().all()) {
            if (parameter.role().trained()) {
                float[] mine = network.parameters()
                        .copyOf(parameter, network.parameters().gradients());
                close(parameter.name(), mine, sumOverLayers(exported, gradient, parameter));
            }
        }
    }

    /** A shared weight's gradient is the sum of its copies'. */
    private static float[] sumOverLayers(Dl4jGraph exported, Gradient gradient, Parameter parameter) {
        float[] sum = new float[parameter.length()];
        exported.layers().forEach((layer, held) -> held.byDl4jName().forEach((name, p) -> {
            if (p.name().equals(parameter.name())) {
                INDArray part = gradient.getGradientFor(layer + "_" + name);
                INDArray ours = part.rank() == 4 ? part.permute(2, 3, 1, 0).dup('c') : part;
                float[] numbers = ours.reshape(ours.length()).toFloatVector();
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += numbers[i];
                }
            }
        }));
        return sum;
    }

    @Test
    void writesWhatDl4jReads(@TempDir Path folder) throws Exception {
        Shape image = new Shape(1, 64, 64, 3);
        Dl4jGraph exported = Dl4jGraph.of(network(), 64, 64);
        Path file = folder.resolve("graph.zip");
        exported.write(file);
        ComputationGraph read = ComputationGraph.load(file.toFile(), false);
        INDArray input = nchw(pixels(image), image);
        assertEquals(exported.graph().output(false, input)[0], read.output(false, input)[0]);
    }

    @Test
    void refusesSizesThatTheNetworkDoesNotTake() {
        assertThrows(IllegalArgumentException.class, () -> Dl4jGraph.of(network(), 60, 64));
    }
}
