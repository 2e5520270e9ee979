package io.hardmine.core.training;

import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.InputCanvas;
import io.hardmine.core.detection.VisibleObjects;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.KnownPicture;
import java.util.List;
import java.util.SplittableRandom;
import org.opencv.core.Mat;

/**
 * A picture, resized and augmented. It is decoded when it is painted.
 *
 * @param picture that is shown
 * @param regions where background counts, in pixels of the picture; null for everywhere
 * @param placement of the picture on the input
 */
public record WholePicture(Picture picture, List<Box> regions, RandomPlacement placement) implements InputContent {
    /** Copies the list. */
    public WholePicture {
        regions = regions == null ? null : List.copyOf(regions);
    }

    @Override
    public GroundTruth paintOn(InputCanvas canvas, SplittableRandom random) {
        Mat pixels = KnownPicture.decode(picture);
        try {
            ImageTransform transform = placement.place(pixels.cols(), pixels.rows(), canvas.shape(), random);
            canvas.paint(pixels, transform);
            return new GroundTruth(
                    VisibleObjects.of(picture.annotations(), transform, canvas.width(), canvas.height()),
                    transform.area(canvas.width(), canvas.height()),
                    regions == null
                            ? null
                            : regions.stream().map(transform::toInput).toList());
        } finally {
            pixels.release();
        }
    }

    @Override
    public List<String> names() {
        return List.of(picture.name());
    }
}
