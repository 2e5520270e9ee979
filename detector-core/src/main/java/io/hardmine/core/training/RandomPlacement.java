package io.hardmine.core.training;

import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Shape;
import java.util.SplittableRandom;

/**
 * How a run places pictures on its inputs: at the size that detection uses, changed at random.
 *
 * @param preprocessing of training and detection
 * @param augmentation of training
 */
public record RandomPlacement(Preprocessing preprocessing, Augmentation augmentation) {
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
}
