package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.image.OpenCv;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

class ColorJitterTest {
    private static int[] changed(Scalar bgr, double turn, double saturations, double values) {
        OpenCv.load();
        Mat pixel = new Mat(1, 1, CvType.CV_8UC3, bgr);
        ColorJitter.change(pixel, turn, saturations, values);
        return bgr(pixel);
    }

    private static int[] bgr(Mat pixel) {
        byte[] bytes = new byte[3];
        pixel.get(0, 0, bytes);
        pixel.release();
        return new int[] {bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff};
    }

    @Test
    void aThirdOfTheCircleTurnsRedToGreenAndBackwardsToBlue() {
        Scalar red = new Scalar(0, 0, 255);
        assertArrayEquals(new int[] {0, 255, 0}, changed(red, 1.0 / 3, 1, 1));
        assertArrayEquals(new int[] {255, 0, 0}, changed(red, -1.0 / 3, 1, 1));
    }

    @Test
    void halfTheSaturationLeavesHalfTheColorAndNoneLeavesGray() {
        Scalar red = new Scalar(0, 0, 200);
        assertArrayEquals(new int[] {100, 100, 200}, changed(red, 0, 0.5, 1));
        assertArrayEquals(new int[] {200, 200, 200}, changed(red, 0, 0, 1));
    }

    @Test
    void brightnessIsMultipliedAndEndsAtWhite() {
        Scalar gray = new Scalar(100, 100, 100);
        assertArrayEquals(new int[] {140, 140, 140}, changed(gray, 0, 1, 1.4));
        assertArrayEquals(new int[] {60, 60, 60}, changed(gray, 0, 1, 0.6));
        assertArrayEquals(new int[] {255, 255, 255}, changed(new Scalar(200, 200, 200), 0, 1, 1.4));
    }

    @Property(tries = 200)
    void factorsStayInTheirRangesAndFollowFromTheRandomness(@ForAll long seed) {
        OpenCv.load();
        ColorJitter jitter = new ColorJitter(0, 0, 0.4);
        int[][] results = new int[2][];
        for (int i = 0; i < 2; i++) {
            Mat pixel = new Mat(1, 1, CvType.CV_8UC3, new Scalar(100, 100, 100));
            jitter.draw(new SplittableRandom(seed)).accept(pixel);
            results[i] = bgr(pixel);
        }
        assertArrayEquals(results[0], results[1]);
        assertTrue(results[0][0] >= 60 && results[0][0] <= 140, results[0][0] + " of 100");
    }

    @Test
    void withoutAChangeNothingIsDrawn() {
        SplittableRandom random = new SplittableRandom(3);
        ColorJitter.none().draw(random);
        assertEquals(new SplittableRandom(3).nextLong(), random.nextLong());
    }

    @Test
    void aShareOutOfRangeIsRefusedByItsName() {
        assertEquals(
                "augmentation.hue must lie in [0, 0.5], not 0.6",
                assertThrows(IllegalArgumentException.class, () -> new ColorJitter(0.6, 0, 0))
                        .getMessage());
        assertEquals(
                "augmentation.saturation must lie in [0, 1], not 2.0",
                assertThrows(IllegalArgumentException.class, () -> new ColorJitter(0, 2, 0))
                        .getMessage());
    }
}
