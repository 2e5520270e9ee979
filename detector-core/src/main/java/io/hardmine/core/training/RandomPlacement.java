package io.hardmine.core.training;

import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Shape;
import java.util.SplittableRandom;
import org.opencv.core.Rect;

/**
 * How a run places pictures on its inputs: at the size that detection uses, changed at random.
 *
 * @param preprocessing of training and detection
 * @param augmentation of training
 */
public record RandomPlacement(Preprocessing preprocessing, Augmentation augmentation) {
    /** What the settings say. */
    public static RandomPlacement of(TrainingSettings settings) {
        TrainingSettings.Input input = settings.input();
        return new RandomPlacement(new Preprocessing(input.shortSide(), input.longSide()), settings.augmentation());
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
