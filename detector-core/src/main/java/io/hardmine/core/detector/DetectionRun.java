package io.hardmine.core.detector;

import io.hardmine.core.detection.Detection;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.KnownPicture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.opencv.core.Mat;

/** Detection over the pictures of a data set, one after the other. */
public final class DetectionRun {
    private DetectionRun() {}

    /**
     * The detections in every picture.
     *
     * @param detector from a picture's 8-bit BGR pixels to its detections
     * @param stopping asked before each picture whether the run is to end early
     * @return empty if {@code stopping} ended the run before the last picture
     * @throws io.hardmine.datasets.DataException if a picture cannot be decoded, or no longer has the size that it had
     *     when the data was read
     */
    public static Optional<PictureDetections> over(
            Dataset dataset, Function<Mat, List<Detection>> detector, BooleanSupplier stopping) {
        Map<Long, List<Detection>> found = new HashMap<>();
        for (Picture picture : dataset.pictures()) {
            if (stopping.getAsBoolean()) {
                return Optional.empty();
            }
            Mat pixels = KnownPicture.decode(picture);
            try {
                found.put(picture.id(), detector.apply(pixels));
            } finally {
                pixels.release();
            }
        }
        return Optional.of(PictureDetections.of(found));
    }
}
