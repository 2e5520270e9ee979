package io.hardmine.core.detection;

import io.hardmine.core.kernel.Shape;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.Bounds;
import java.util.Arrays;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * From a decoded picture to network input: training, evaluation and programs that embed the detector all use it. The
 * picture is resized so that its short side is {@code shortSide}, unless its long side would then pass {@code
 * longSide}; pixels become {@code (value / 255 − MEAN) / DEVIATION} in RGB order; padding is 0.
 *
 * @param shortSide in pixels
 * @param longSide bound on the long side, in pixels
 */
public record Preprocessing(int shortSide, int longSide) {
    /** Means of ImageNet's channels (RGB), which most backbones are trained with. */
    static final float[] MEAN = {0.485f, 0.456f, 0.406f};

    /** Standard deviations of ImageNet's channels (RGB). */
    static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    /** Largest short side: an input of the largest sides with three channels still fits into a Java array. */
    public static final int LARGEST_SHORT_SIDE = 8192;

    /** Largest long side. */
    public static final int LARGEST_LONG_SIDE = 16384;

    /**
     * Refuses a side below the padding of 32 pixels or above the largest allowed, and a long side below the short side.
     */
    public Preprocessing {
        Bounds.require("short side", shortSide, Architecture.PADDING, LARGEST_SHORT_SIDE);
        Bounds.require("long side", longSide, Architecture.PADDING, LARGEST_LONG_SIDE);
        if (longSide < shortSide) {
            throw new IllegalArgumentException(
                    "the long side must not be less than the short side: %d, %d".formatted(longSide, shortSide));
        }
    }

    /** The color that becomes 0: BGR in [0, 255], not rounded. */
    public static Scalar meanColor() {
        return new Scalar(255 * MEAN[2], 255 * MEAN[1], 255 * MEAN[0]);
    }

    /** The formula from 8-bit values to the input, as text for users who make the input themselves. */
    public static String pixelFormula() {
        return "(value / 255 - mean) / deviation in RGB order, means %s, deviations %s"
                .formatted(Arrays.toString(MEAN), Arrays.toString(DEVIATION));
    }

    /** Pixels of the input for each pixel of a picture. */
    public double scale(int pictureWidth, int pictureHeight) {
        double byShort = (double) shortSide / Math.min(pictureWidth, pictureHeight);
        double byLong = (double) longSide / Math.max(pictureWidth, pictureHeight);
        return Math.min(byShort, byLong);
    }

    /** The picture in the upper left corner, as detection sees it. */
    public ImageTransform place(int pictureWidth, int pictureHeight) {
        double scale = scale(pictureWidth, pictureHeight);
        return new ImageTransform(
                pictureWidth,
                pictureHeight,
                resized(pictureWidth, scale),
                resized(pictureHeight, scale),
                0,
                0,
                false,
                false);
    }

    /** A side after resizing: rounded, at least 1. */
    public static int resized(int side, double scale) {
        return (int) Math.max(1, Math.round(side * scale));
    }

    /** Size of the input that holds a picture placed by {@link #place}: the next multiples of the network's padding. */
    public Shape inputShape(int batch, int pictureWidth, int pictureHeight) {
        ImageTransform p = place(pictureWidth, pictureHeight);
        return new Shape(batch, padded(p.height()), padded(p.width()), 3);
    }

    private static int padded(int side) {
        return (side + Architecture.PADDING - 1) / Architecture.PADDING * Architecture.PADDING;
    }

    /** The whole picture, resized, mirrored and flipped as {@code transform} says; the caller releases it. */
    public static Mat resized(Mat picture, ImageTransform transform) {
        Mat resized = new Mat();
        boolean shrinks = transform.width() < picture.cols();
        Imgproc.resize(
                picture,
                resized,
                new Size(transform.width(), transform.height()),
                0,
                0,
                shrinks ? Imgproc.INTER_AREA : Imgproc.INTER_LINEAR);
        if (transform.mirrored() || transform.flipped()) {
            int both = -1;
            Core.flip(resized, resized, !transform.flipped() ? 1 : transform.mirrored() ? both : 0);
        }
        return resized;
    }

    /** These settings with both sides multiplied by {@code factor} and rounded, within the allowed range. */
    public Preprocessing scaled(double factor) {
        int shorter = Math.max(Architecture.PADDING, resized(shortSide, factor));
        int longer = Math.max(Architecture.PADDING, resized(longSide, factor));
        return new Preprocessing(Math.min(shorter, LARGEST_SHORT_SIDE), Math.min(longer, LARGEST_LONG_SIDE));
    }
}
