package io.hardmine.core.training;

import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Shape;
import java.util.SplittableRandom;

/**
 * Random changes of a picture's transform. Colors stay as they are.
 *
 * @param mirror whether half of the pictures have left and right exchanged
 * @param flip whether half of the pictures have top and bottom exchanged
 * @param scale the picture is resized by a factor in [1 / (1 + scale), 1 + scale], uniform in its logarithm
 * @param translation the picture is moved by up to this share of the input's sides, beyond what its size leaves free
 */
public record Augmentation(
        @Setting("mirror half of the pictures: left and right change places") boolean mirror,
        @Setting("flip half of the pictures: top and bottom change places") boolean flip,
        @Setting(value = "pictures are resized by a random factor in [1 / (1 + scale), 1 + scale]", range = "[0, 4]")
                double scale,
        @Setting(value = "pictures are moved by up to this share of the input's sides", range = "[0, 0.5]")
                double translation) {
    /** Refuses shares out of range. */
    public Augmentation {
        SettingRange.check(Augmentation.class, "augmentation.", mirror, flip, scale, translation);
    }

    /** No change at all. */
    public static Augmentation none() {
        return new Augmentation(false, false, 0, 0);
    }

    /** Half of the pictures mirrored, sizes up to a quarter larger or smaller, moved by up to a tenth. */
    public static Augmentation defaults() {
        return new Augmentation(true, false, 0.25, 0.1);
    }

    /** The same with or without mirroring. */
    public Augmentation withMirror(boolean mirror) {
        return new Augmentation(mirror, flip, scale, translation);
    }

    /** The same with or without flipping. */
    public Augmentation withFlip(boolean flip) {
        return new Augmentation(mirror, flip, scale, translation);
    }

    /** The same with another range of sizes, in [0, 4]. */
    public Augmentation withScale(double scale) {
        return new Augmentation(mirror, flip, scale, translation);
    }

    /** The same with another range of positions, in [0, 0.5]. */
    public Augmentation withTranslation(double translation) {
        return new Augmentation(mirror, flip, scale, translation);
    }

    /** A random transform of a picture of the given size in an input of {@code canvas}. */
    public ImageTransform place(
            Preprocessing preprocessing, int pictureWidth, int pictureHeight, Shape canvas, SplittableRandom random) {
        double zoom = Math.exp((2 * random.nextDouble() - 1) * Math.log1p(scale));
        double factor = preprocessing.scale(pictureWidth, pictureHeight) * zoom;
        int width = Preprocessing.resized(pictureWidth, factor);
        int height = Preprocessing.resized(pictureHeight, factor);
        boolean moves = scale > 0 || translation > 0;
        int left = moves ? offset(canvas.width(), width, random) : 0;
        int top = moves ? offset(canvas.height(), height, random) : 0;
        boolean mirrored = mirror && random.nextBoolean();
        boolean flipped = flip && random.nextBoolean();
        return new ImageTransform(pictureWidth, pictureHeight, width, height, left, top, mirrored, flipped);
    }

    /** Anywhere between both ends flush, and a little beyond. */
    private int offset(int canvas, int side, SplittableRandom random) {
        double beyond = translation * canvas;
        double low = Math.min(0, canvas - side) - beyond;
        double high = Math.max(0, canvas - side) + beyond;
        return (int) Math.round(low + (high - low) * random.nextDouble());
    }
}
