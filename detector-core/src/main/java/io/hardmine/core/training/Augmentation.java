package io.hardmine.core.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.detection.VisibleObjects;
import io.hardmine.core.kernel.Shape;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.opencv.core.Mat;

/**
 * Random changes of the pictures that a network is trained on.
 *
 * @param mirror whether half of the pictures have left and right exchanged
 * @param flip whether half of the pictures have top and bottom exchanged
 * @param scale the picture is resized by a factor in [1 / (1 + scale), 1 + scale], uniform in its logarithm
 * @param translation the picture is moved by up to this share of the input's sides, beyond what its size leaves free
 * @param visible smallest visible share of its area with which an object that an edge cuts still counts as an object;
 *     with less it is neither object nor background
 * @param mosaic share of the inputs with objects that show four pictures instead of one
 * @param mosaicUntil share of the run's steps after which every input shows one picture, as in detection
 * @param rotation largest angle in degrees by which pictures are turned, either way
 * @param cutout share of the inputs with objects that have a rectangle covered
 * @param color changes of the colors
 * @param quality losses of quality
 */
public record Augmentation(
        @Setting("mirror half of the pictures: left and right change places") boolean mirror,
        @Setting("flip half of the pictures: top and bottom change places") boolean flip,
        @Setting(value = "pictures are resized by a random factor in [1 / (1 + scale), 1 + scale]", range = "[0, 4]")
                double scale,
        @Setting(value = "pictures are moved by up to this share of the input's sides", range = "[0, 0.5]")
                double translation,
        @Setting(
                        value = "an object of which less than this share is visible is neither object nor background",
                        range = "[0, 1]")
                double visible,
        @Setting(value = "share of the inputs with objects that show four pictures instead of one", range = "[0, 1]")
                double mosaic,
        @Setting(value = "share of the steps after which no input shows four pictures", range = "[0, 1]")
                double mosaicUntil,
        @Setting(value = "pictures are turned by up to so many degrees, either way", range = "[0, 45]") double rotation,
        @Setting(
                        value =
                                "share of the inputs with objects of which a rectangle is covered, a quarter of each side at most",
                        range = "[0, 1]")
                double cutout,
        @JsonUnwrapped ColorJitter color,
        @JsonUnwrapped Degradation quality) {
    /** The last steps see whole pictures, as detection does. */
    private static final double MOSAIC_UNTIL = 0.85;

    /** Refuses shares out of range. */
    public Augmentation {
        SettingRange.check(
                Augmentation.class,
                "augmentation.",
                mirror,
                flip,
                scale,
                translation,
                visible,
                mosaic,
                mosaicUntil,
                rotation,
                cutout,
                color,
                quality);
    }

    /** One picture, mirrored, resized and moved; its colors stay as they are. */
    public Augmentation(boolean mirror, boolean flip, double scale, double translation) {
        this(
                mirror,
                flip,
                scale,
                translation,
                VisibleObjects.LEAST_VISIBLE,
                0,
                MOSAIC_UNTIL,
                0,
                0,
                ColorJitter.none(),
                Degradation.none());
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
        return new Augmentation(
                mirror, flip, scale, translation, visible, mosaic, mosaicUntil, rotation, cutout, color, quality);
    }

    /** The same with or without flipping. */
    public Augmentation withFlip(boolean flip) {
        return new Augmentation(
                mirror, flip, scale, translation, visible, mosaic, mosaicUntil, rotation, cutout, color, quality);
    }

    /** The same with another range of sizes, in [0, 4]. */
    public Augmentation withScale(double scale) {
        return new Augmentation(
                mirror, flip, scale, translation, visible, mosaic, mosaicUntil, rotation, cutout, color, quality);
    }

    /** The same with another range of positions, in [0, 0.5]. */
    public Augmentation withTranslation(double translation) {
        return new Augmentation(
                mirror, flip, scale, translation, visible, mosaic, mosaicUntil, rotation, cutout, color, quality);
    }

    /** The same with another least visible share of an object, in [0, 1]. */
    public Augmentation withVisible(double visible) {
        return new Augmentation(
                mirror, flip, scale, translation, visible, mosaic, mosaicUntil, rotation, cutout, color, quality);
    }

    /** The same with another share of mosaics, in [0, 1]. */
    public Augmentation withMosaic(double mosaic) {
        return new Augmentation(
                mirror, flip, scale, translation, visible, mosaic, mosaicUntil, rotation, cutout, color, quality);
    }

    /** The same with another end of the mosaics, as a share of the steps in [0, 1]. */
    public Augmentation withMosaicUntil(double mosaicUntil) {
        return new Augmentation(
                mirror, flip, scale, translation, visible, mosaic, mosaicUntil, rotation, cutout, color, quality);
    }

    /** The same with another largest rotation, in degrees from 0 to 45. */
    public Augmentation withRotation(double rotation) {
        return new Augmentation(
                mirror, flip, scale, translation, visible, mosaic, mosaicUntil, rotation, cutout, color, quality);
    }

    /** The same with another share of inputs with a covered rectangle, in [0, 1]. */
    public Augmentation withCutout(double cutout) {
        return new Augmentation(
                mirror, flip, scale, translation, visible, mosaic, mosaicUntil, rotation, cutout, color, quality);
    }

    /** The same with other losses of quality. */
    public Augmentation with(Degradation quality) {
        return new Augmentation(
                mirror, flip, scale, translation, visible, mosaic, mosaicUntil, rotation, cutout, color, quality);
    }

    /** The same with other changes of the colors. */
    public Augmentation with(ColorJitter color) {
        return new Augmentation(
                mirror, flip, scale, translation, visible, mosaic, mosaicUntil, rotation, cutout, color, quality);
    }

    /** A random rotation; none if pictures are not turned, and nothing is drawn then. */
    Optional<Rotation> turn(SplittableRandom random) {
        return rotation > 0 ? Optional.of(new Rotation(rotation * (2 * random.nextDouble() - 1))) : Optional.empty();
    }

    /** A random change of pixels, in place: 8-bit BGR. */
    Consumer<Mat> change(SplittableRandom random) {
        return color.draw(random).andThen(quality.draw(random));
    }

    /** The largest factor by which a picture is resized beyond the size that detection uses. */
    double largestZoom() {
        return 1 + scale;
    }

    /** A random transform of a picture of the given size in an input of {@code canvas}. */
    public ImageTransform place(
            Preprocessing preprocessing, int pictureWidth, int pictureHeight, Shape canvas, SplittableRandom random) {
        return placed(
                preprocessing, pictureWidth, pictureHeight, canvas, scale > 0 || translation > 0, translation, random);
    }

    /**
     * A random transform of a picture in one tile of a mosaic. A picture smaller than the tile lies anywhere inside it.
     * Of a larger picture the tile shows any part.
     *
     * @param tile shape of the tile, which the transform's place is relative to
     */
    ImageTransform placeInTile(
            Preprocessing preprocessing, int pictureWidth, int pictureHeight, Shape tile, SplittableRandom random) {
        return placed(preprocessing, pictureWidth, pictureHeight, tile, true, 0, random);
    }

    private ImageTransform placed(
            Preprocessing preprocessing,
            int pictureWidth,
            int pictureHeight,
            Shape canvas,
            boolean moves,
            double beyond,
            SplittableRandom random) {
        double zoom = Math.exp((2 * random.nextDouble() - 1) * Math.log1p(scale));
        double factor = preprocessing.scale(pictureWidth, pictureHeight) * zoom;
        int width = Preprocessing.resized(pictureWidth, factor);
        int height = Preprocessing.resized(pictureHeight, factor);
        int left = moves ? offset(canvas.width(), width, beyond, random) : 0;
        int top = moves ? offset(canvas.height(), height, beyond, random) : 0;
        boolean mirrored = mirror && random.nextBoolean();
        boolean flipped = flip && random.nextBoolean();
        return new ImageTransform(pictureWidth, pictureHeight, width, height, left, top, mirrored, flipped);
    }

    /**
     * A random offset between both flush positions, extended at either end by {@code translation} times the canvas
     * side.
     */
    private static int offset(int canvas, int side, double translation, SplittableRandom random) {
        double beyond = translation * canvas;
        double low = Math.min(0, canvas - side) - beyond;
        double high = Math.max(0, canvas - side) + beyond;
        return (int) Math.round(low + (high - low) * random.nextDouble());
    }
}
