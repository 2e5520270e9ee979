package io.hardmine.core.training;

import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.InputCanvas;
import io.hardmine.core.detection.VisibleObjects;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.opencv.core.Mat;
import org.opencv.core.Rect;

/**
 * A picture, resized and augmented. It is decoded when it is painted. A picture with background regions is never
 * turned, because a turned region is not an upright rectangle.
 *
 * @param picture that is shown
 * @param regions in which background anchors are trained, in pixels of the picture; null for everywhere
 * @param placement of the picture on the input
 */
public record WholePicture(Picture picture, List<Box> regions, RandomPlacement placement) implements InputContent {
    /** Copies the list. */
    public WholePicture {
        regions = regions == null ? null : List.copyOf(regions);
    }

    @Override
    public GroundTruth paintOn(InputCanvas canvas, SplittableRandom random) {
        ImageTransform transform = placement.place(picture.width(), picture.height(), canvas.shape(), random);
        return paint(canvas, canvas.bounds(), transform, random);
    }

    /**
     * Paints the picture into one tile of the input.
     *
     * @param tile in pixels of the input; nothing is painted outside of it
     * @return objects and regions that the tile shows, in pixels of the input
     */
    GroundTruth paintInTile(InputCanvas canvas, Rect tile, SplittableRandom random) {
        ImageTransform transform = placement.placeInTile(picture.width(), picture.height(), tile, random);
        return paint(canvas, tile, transform, random);
    }

    private GroundTruth paint(InputCanvas canvas, Rect tile, ImageTransform transform, SplittableRandom random) {
        Optional<Rotation> turn = regions == null ? placement.augmentation().turn(random) : Optional.empty();
        Mat pixels = pixels(turn);
        try {
            canvas.paint(pixels, transform, tile, placement.augmentation().change(random));
        } finally {
            pixels.release();
        }
        Box shown = transform.area().intersection(new Box(tile.x, tile.y, tile.width, tile.height));
        List<Annotation> annotations = turn.map(t -> t.of(picture.annotations(), picture.width(), picture.height()))
                .orElse(picture.annotations());
        return new GroundTruth(
                VisibleObjects.of(
                        annotations, transform, shown, placement.augmentation().visible()),
                shown,
                regions == null
                        ? null
                        : regions.stream().map(transform::toInput).toList());
    }

    private Mat pixels(Optional<Rotation> turn) {
        Mat upright = placement.pixels(picture);
        if (turn.isEmpty()) {
            return upright;
        }
        try {
            return turn.get().of(upright);
        } finally {
            upright.release();
        }
    }

    @Override
    public List<String> names() {
        return List.of(picture.name());
    }
}
