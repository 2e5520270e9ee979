package io.hardmine.core.export;

import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.model.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The network as a {@link Dl4jGraph}. */
public final class Dl4jExporter implements Exporter {
    @Override
    public String name() {
        return "dl4j";
    }

    @Override
    public void write(TrainedModel model, Shape input, Path file) throws IOException {
        Dl4jGraph.of(model.network(), input.height(), input.width()).write(file);
    }

    @Override
    public List<String> usage(Shape input, Path file) {
        return List.of(
                "input: [pictures, 3, %d, %d], %s"
                        .formatted(input.height(), input.width(), Preprocessing.pixelFormula()),
                "outputs: classes.p3 to classes.p7 (logits), then boxes.p3 to boxes.p7 (dx, dy, dw, dh)",
                "weights: DL4J cannot share them between layers, so each of the five levels has a copy of the class and box"
                        + " subnets",
                "read it with: ComputationGraph.load(new File(\"%s\"), false)".formatted(file));
    }
}
