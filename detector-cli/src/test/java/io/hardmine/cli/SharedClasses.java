package io.hardmine.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.AtssMatcher;
import io.hardmine.core.detection.PostProcessing;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.model.DataOrigin;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.image.OpenCv;
import io.hardmine.datasets.image.PictureEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * Loads the classes of {@code hardmine detect}, which the build then puts into its archive of class data. No test: the
 * build runs it, because there is no other trained model at that time.
 */
final class SharedClasses {
    private SharedClasses() {}

    /** Detects with an untrained model in an empty picture; the argument is the folder for both. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path picture = folder.resolve("picture.png");
        Path model = folder.resolve("model.zip");
        writePicture(picture);
        writeModel(model);
        int code = Hardmine.run(
                "detect", picture.toString(), "--model", model.toString(), "--out", folder.toString(), "--threshold=0");
        System.exit(code);
    }

    private static void writePicture(Path file) {
        OpenCv.load();
        Mat pixels = Mat.zeros(64, 64, CvType.CV_8UC3);
        try {
            PictureEncoder.write(pixels, ".png", file);
        } finally {
            pixels.release();
        }
    }

    private static void writeModel(Path file) throws IOException {
        // wide enough for every kind of convolution
        Architecture small = new Architecture(1, 1, Architecture.BackboneShape.resnet18(32), 32, 4, true, 0.5);
        try (RetinaNet network = RetinaNet.initialized(small, 1)) {
            TrainedModel.Description description = new TrainedModel.Description(
                    network.architecture(),
                    List.of(new Category(1, "thing")),
                    new Preprocessing(64, 64),
                    AnchorShapes.one(),
                    AtssMatcher.paper(),
                    PostProcessing.atss(),
                    List.of(0.5),
                    DataOrigin.UNKNOWN,
                    JsonNodeFactory.instance.objectNode());
            new TrainedModel(description, network).write(file);
        }
    }
}
