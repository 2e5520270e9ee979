package io.hardmine.core.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.IouMatcher;
import io.hardmine.core.detection.PostProcessing;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.model.DataOrigin;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Category;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterTest {
    @TempDir
    private Path folder;

    @Test
    void exportersAreFoundAsServices() {
        assertEquals(
                List.of("dl4j"), Exporter.all().stream().map(Exporter::name).toList());
    }

    @Test
    void anExportedModelHasTheWeightsOfItsNetwork() throws Exception {
        RetinaNet network =
                RetinaNet.initialized(new Architecture(1, 9, Architecture.BackboneShape.tiny(8), 8, 1, 0.01), 3);
        Shape input = new Shape(1, 128, 256, 3);
        Path file = folder.resolve("made/graph.zip");
        try (TrainedModel model = new TrainedModel(
                new TrainedModel.Description(
                        network.architecture(),
                        List.of(new Category(1, "nut")),
                        new Preprocessing(128, 256),
                        AnchorShapes.paper(),
                        IouMatcher.paper(),
                        PostProcessing.paper(),
                        List.of(0.5),
                        DataOrigin.UNKNOWN,
                        JsonNodeFactory.instance.objectNode()),
                network)) {
            Exporter.all().get(0).write(model, input, file);
            Dl4jGraph graph = Dl4jGraph.of(network, input.height(), input.width());
            assertArrayEquals(
                    graph.graph().params().toFloatVector(),
                    ComputationGraph.load(file.toFile(), false).params().toFloatVector());
        }
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
    }
}
