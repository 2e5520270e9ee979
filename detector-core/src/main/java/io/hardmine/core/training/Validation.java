package io.hardmine.core.training;

import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.detection.Decoding;
import io.hardmine.core.detection.Detection;
import io.hardmine.core.detection.DetectionLane;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.network.FoldedNetwork;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.PictureDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.opencv.core.Mat;

/** Detections of a network over a set of pictures, as detection will see them. */
final class Validation {
    private Validation() {}

    static PictureDetections detect(
            RetinaNet network, AnchorShapes anchors, Preprocessing preprocessing, Decoding decoding, Dataset pictures) {
        Map<Long, List<Detection>> found = new HashMap<>();
        try (FoldedNetwork folded = FoldedNetwork.of(network);
                DetectionLane lane = new DetectionLane(folded, preprocessing, anchors, decoding)) {
            for (Picture picture : pictures.pictures()) {
                Mat pixels = PictureDecoder.decode(picture.file());
                try {
                    found.put(picture.id(), lane.detect(pixels));
                } finally {
                    pixels.release();
                }
            }
        }
        return PictureDetections.of(found);
    }
}
