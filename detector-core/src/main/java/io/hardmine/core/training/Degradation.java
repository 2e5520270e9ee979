package io.hardmine.core.training;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * Random degradation of pictures, at the size that the network sees.
 *
 * @param blur share of the pictures that are blurred, by a Gaussian of 0.5 to 1.5 pixels
 * @param jpeg share of the pictures that are compressed as JPEG, with a quality of 30 to 90
 */
public record Degradation(
        @Setting(value = "share of the pictures that are blurred, by 0.5 to 1.5 pixels", range = "[0, 1]") double blur,
        @Setting(value = "share of the pictures that are compressed as JPEG of quality 30 to 90", range = "[0, 1]")
                double jpeg) {
    private static final double LEAST_SIGMA = 0.5;
    private static final double SIGMAS = 1;
    private static final int LEAST_QUALITY = 30;
    private static final int QUALITIES = 61;

    /** Refuses shares out of range. */
    public Degradation {
        SettingRange.check(Degradation.class, "augmentation.", blur, jpeg);
    }

    /** Pictures keep their quality. */
    public static Degradation none() {
        return new Degradation(0, 0);
    }

    /** The same with another share of blurred pictures, in [0, 1]. */
    public Degradation withBlur(double blur) {
        return new Degradation(blur, jpeg);
    }

    /** The same with another share of compressed pictures, in [0, 1]. */
    public Degradation withJpeg(double jpeg) {
        return new Degradation(blur, jpeg);
    }

    /** A random change of 8-bit BGR in place. Draws no random numbers for a share of 0. */
    Consumer<Mat> draw(SplittableRandom random) {
        Consumer<Mat> change = pixels -> {};
        if (blur > 0 && random.nextDouble() < blur) {
            double sigma = LEAST_SIGMA + SIGMAS * random.nextDouble();
            change = change.andThen(pixels -> blur(pixels, sigma));
        }
        if (jpeg > 0 && random.nextDouble() < jpeg) {
            int quality = LEAST_QUALITY + random.nextInt(QUALITIES);
            change = change.andThen(pixels -> compress(pixels, quality));
        }
        return change;
    }

    private static void blur(Mat pixels, double sigma) {
        Size fittingSigma = new Size(0, 0);
        Imgproc.GaussianBlur(pixels, pixels, fittingSigma, sigma);
    }

    private static void compress(Mat pixels, int quality) {
        MatOfByte encoded = new MatOfByte();
        MatOfInt options = new MatOfInt(Imgcodecs.IMWRITE_JPEG_QUALITY, quality);
        try {
            Imgcodecs.imencode(".jpg", pixels, encoded, options);
            Mat decoded = Imgcodecs.imdecode(encoded, Imgcodecs.IMREAD_COLOR);
            decoded.copyTo(pixels);
            decoded.release();
        } finally {
            options.release();
            encoded.release();
        }
    }
}
