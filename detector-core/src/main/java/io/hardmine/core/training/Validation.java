package io.hardmine.core.training;

import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.detection.Detection;
import io.hardmine.core.detection.DetectionSession;
import io.hardmine.core.detection.PostProcessing;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.network.FoldedNetwork;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.KnownPicture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.opencv.core.Mat;

/** Detections of a network over a set of pictures, as detection will see them. */
final class Validation {
    private Validation() {}

    /** The detections; empty if it was asked to stop before it had seen all pictures. */
    static Optional<PictureDetections> detect(
            RetinaNet network,
            AnchorShapes anchors,
            Preprocessing preprocessing,
            PostProcessing decoding,
            Dataset pictures,
            BooleanSupplier stopping) {
        Map<Long, List<Detection>> found = new HashMap<>();
        try (FoldedNetwork folded = FoldedNetwork.of(network);
                DetectionSession lane = new DetectionSession(folded, preprocessing, anchors, decoding)) {
            for (Picture picture : pictures.pictures()) {
                if (stopping.getAsBoolean()) {
                    return Optional.empty();
                }
                Mat pixels = KnownPicture.decode(picture);
                try {
                    found.put(picture.id(), lane.detect(pixels));
                } finally {
                    pixels.release();
                }
            }
        }
        return Optional.of(PictureDetections.of(found));
    }
}
