package io.hardmine.core.export;

import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Tensor;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The whole network as a DL4J computation graph of stock layers: input NCHW, outputs {@code classes.p3} to {@code
 * classes.p7} (logits, {@code [B, A·K, H, W]}) and {@code boxes.p3} to {@code boxes.p7} (offsets, {@code [B, A·4, H,
 * W]}). A graph cannot share weights between layers, so each level has a copy of the subnets, with equal weights.
 * Training in DL4J trains the five copies independently. A layer has the name of its parameters in Hardmine. The names
 * of further copies end in {@code #2} to {@code #5}.
 */
public final class Dl4jGraph {
    private final ComputationGraph graph;
    private final Map<String, LayerParameters> layers;

    private Dl4jGraph(ComputationGraph graph, Map<String, LayerParameters> layers) {
        this.graph = graph;
        this.layers = layers;
    }

    /**
     * A graph with the network's present weights.
     *
     * @param network with batch normalization, or folded
     * @param height of its input in pixels, a multiple of {@link Architecture#PADDING}
     * @param width of its input in pixels, a multiple of {@link Architecture#PADDING}
     * @throws IllegalArgumentException if height or width is no such multiple
     */
    public static Dl4jGraph of(RetinaNet network, int height, int width) {
        if (height % Architecture.PADDING != 0 || width % Architecture.PADDING != 0) {
            throw new IllegalArgumentException(
                    "sides must be multiples of %d: %d × %d".formatted(Architecture.PADDING, height, width));
        }
        GraphPlanner planner = new GraphPlanner(new Shape(1, height, width, 3));
        List<Tensor> outputs = network.outputs(planner);
        String[] names = new String[outputs.size()];
        for (int i = 0; i < names.length; i++) {
            String subnet = i < Architecture.LEVELS ? "classes" : "boxes";
            names[i] = "%s.p%d".formatted(subnet, Architecture.FIRST_LEVEL + i % Architecture.LEVELS);
        }
        ComputationGraph graph = new ComputationGraph(planner.configuration(outputs, names));
        graph.init();
        Dl4jGraph made = new Dl4jGraph(graph, planner.layers());
        made.fill(network.parameters());
        return made;
    }

    private void fill(Parameters parameters) {
        layers.forEach((layer, held) -> held.byDl4jName().forEach((name, parameter) -> {
            INDArray target = graph.getLayer(layer).getParam(name);
            float[] values = parameters.copyOf(parameter);
            target.assign(toDl4j(parameter, values).castTo(target.dataType()).reshape(target.shape()));
        }));
    }

    /** Weights are [height, width, in, out] here and [out, in, height, width] there. */
    private static INDArray toDl4j(Parameter parameter, float[] values) {
        INDArray ours = Nd4j.createFromArray(values);
        if (parameter.shape().size() == 1) {
            return ours;
        }
        return ours.reshape(parameter.size(0), parameter.size(1), parameter.size(2), parameter.size(3))
                .permute(3, 2, 0, 1)
                .dup('c');
    }

    /** The graph. */
    public ComputationGraph graph() {
        return graph;
    }

    /** The network's parameters that each layer holds copies of, by the layer's name. */
    Map<String, LayerParameters> layers() {
        return layers;
    }

    /** Writes the graph in DL4J's format, which {@code ComputationGraph.load(file, false)} reads. */
    public void write(Path file) throws IOException {
        boolean withUpdater = false;
        AtomicFile.write(file, out -> ModelSerializer.writeModel(graph, out, withUpdater));
    }
}
