package io.hardmine.core.training;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;

/**
 * Random changes of a picture's colors, by one table for each of hue, saturation and value (HSV). YOLO's usual ranges
 * are 0.015, 0.7 and 0.4.
 *
 * @param hue hues move by up to this share of the circle, either way
 * @param saturation saturations are multiplied by a factor in [1 − saturation, 1 + saturation]
 * @param value values, that is brightness, are multiplied by a factor in [1 − value, 1 + value]
 */
public record ColorJitter(
        @Setting(value = "hues move by up to this share of the circle of colors", range = "[0, 0.5]") double hue,
        @Setting(
                        value = "saturations are multiplied by a random factor in [1 - saturation, 1 + saturation]",
                        range = "[0, 1]")
                double saturation,
        @Setting(value = "brightness is multiplied by a random factor in [1 - value, 1 + value]", range = "[0, 1]")
                double value) {
    /** Number of hues in OpenCV's 8-bit HSV: a step is two degrees. */
    private static final int HUES = 180;

    private static final int LEVELS = 256;

    /** Refuses shares out of range. */
    public ColorJitter {
        SettingRange.check(ColorJitter.class, "augmentation.", hue, saturation, value);
    }

    /** Colors stay as they are. */
    public static ColorJitter none() {
        return new ColorJitter(0, 0, 0);
    }

    /** The same with another range of hues, in [0, 0.5]. */
    public ColorJitter withHue(double hue) {
        return new ColorJitter(hue, saturation, value);
    }

    /** The same with another range of saturations, in [0, 1]. */
    public ColorJitter withSaturation(double saturation) {
        return new ColorJitter(hue, saturation, value);
    }

    /** The same with another range of brightness, in [0, 1]. */
    public ColorJitter withValue(double value) {
        return new ColorJitter(hue, saturation, value);
    }

    /** A random change of 8-bit BGR in place. Draws no random numbers if colors stay as they are. */
    Consumer<Mat> draw(SplittableRandom random) {
        if (equals(none())) {
            return pixels -> {};
        }
        double turn = hue * symmetric(random);
        double saturations = 1 + saturation * symmetric(random);
        double values = 1 + value * symmetric(random);
        return pixels -> change(pixels, turn, saturations, values);
    }

    /** A number in [−1, 1). */
    private static double symmetric(SplittableRandom random) {
        return 2 * random.nextDouble() - 1;
    }

    /**
     * Changes colors in place.
     *
     * @param bgr 8-bit BGR
     * @param turn of the hues, as a share of the circle
     * @param saturations factor
     * @param values factor
     */
    static void change(Mat bgr, double turn, double saturations, double values) {
        byte[] table = new byte[3 * LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            table[3 * i] = (byte) Math.floorMod(Math.round(i + turn * HUES), HUES);
            table[3 * i + 1] = scaled(i, saturations);
            table[3 * i + 2] = scaled(i, values);
        }
        Mat hsv = new Mat();
        Mat tables = new Mat(1, LEVELS, CvType.CV_8UC3);
        try {
            tables.put(0, 0, table);
            Imgproc.cvtColor(bgr, hsv, Imgproc.COLOR_BGR2HSV);
            Core.LUT(hsv, tables, hsv);
            Imgproc.cvtColor(hsv, bgr, Imgproc.COLOR_HSV2BGR);
        } finally {
            tables.release();
            hsv.release();
        }
    }

    private static byte scaled(int level, double factor) {
        return (byte) Math.min(LEVELS - 1, Math.round(level * factor));
    }
}
