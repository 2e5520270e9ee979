package io.hardmine.core.training;

import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.Picture;
import java.util.SplittableRandom;
import org.opencv.core.Mat;
import org.opencv.core.Rect;

/**
 * Places the pictures of a run on its inputs: at the size that detection uses, changed by the augmentation.
 *
 * @param preprocessing of training and detection
 * @param augmentation of training
 * @param cache of decoded pictures
 */
public record RandomPlacement(Preprocessing preprocessing, Augmentation augmentation, PictureCache cache) {
    private static final long MEGABYTE = 1_000_000;

    /** A placement that decodes a picture whenever it is shown. */
    public RandomPlacement(Preprocessing preprocessing, Augmentation augmentation) {
        this(preprocessing, augmentation, new PictureCache(0));
    }

    /** The placement of a run with these settings, with an empty cache. */
    public static RandomPlacement of(TrainingSettings settings) {
        TrainingSettings.Input input = settings.input();
        return new RandomPlacement(
                new Preprocessing(input.shortSide(), input.longSide()),
                settings.augmentation(),
                new PictureCache(MEGABYTE * settings.cacheMegabytes()));
    }

    /**
     * A random transform of a picture.
     *
     * @param width of the picture in pixels
     * @param height of the picture in pixels
     * @param canvas shape of the input
     */
    public ImageTransform place(int width, int height, Shape canvas, SplittableRandom random) {
        return augmentation.place(preprocessing, width, height, canvas, random);
    }

    /**
     * A picture's pixels, reduced to the largest size at which they are shown.
     *
     * @return 8-bit BGR; the caller releases it
     */
    Mat pixels(Picture picture) {
        double needed = preprocessing.scale(picture.width(), picture.height()) * augmentation.largestZoom();
        double factor = Math.min(1, needed);
        return cache.pixels(
                picture,
                Preprocessing.resized(picture.width(), factor),
                Preprocessing.resized(picture.height(), factor));
    }

    /**
     * A random transform of a picture in one tile of an input.
     *
     * @param width of the picture in pixels
     * @param height of the picture in pixels
     * @param tile in pixels of the input
     */
    ImageTransform placeInTile(int width, int height, Rect tile, SplittableRandom random) {
        Shape shape = new Shape(1, tile.height, tile.width, 3);
        return augmentation
                .placeInTile(preprocessing, width, height, shape, random)
                .movedBy(tile.x, tile.y);
    }
}
