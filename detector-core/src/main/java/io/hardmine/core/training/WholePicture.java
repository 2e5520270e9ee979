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
import org.opencv.core.Rect;

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
        ImageTransform transform = placement.place(picture.width(), picture.height(), canvas.shape(), random);
        return paint(canvas, canvas.bounds(), transform, random);
    }

    /**
     * Paints the picture into one tile of the input.
     *
     * @param tile in pixels of the input; nothing is painted outside of it
     * @return what the tile shows, in pixels of the input
     */
    GroundTruth paintInTile(InputCanvas canvas, Rect tile, SplittableRandom random) {
        ImageTransform transform = placement.placeInTile(picture.width(), picture.height(), tile, random);
        return paint(canvas, tile, transform, random);
    }

    private GroundTruth paint(InputCanvas canvas, Rect tile, ImageTransform transform, SplittableRandom random) {
        Mat pixels = KnownPicture.decode(picture);
        try {
            canvas.paint(
                    pixels, transform, tile, placement.augmentation().color().draw(random));
        } finally {
            pixels.release();
        }
        Box shown = new Box(tile.x, tile.y, tile.width, tile.height);
        return new GroundTruth(
                VisibleObjects.of(
                        picture.annotations(),
                        transform,
                        shown,
                        placement.augmentation().visible()),
                transform.area().within(shown),
                regions == null
                        ? null
                        : regions.stream().map(transform::toInput).toList());
    }

    @Override
    public List<String> names() {
        return List.of(picture.name());
    }
}
