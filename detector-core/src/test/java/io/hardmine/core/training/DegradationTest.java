package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.image.OpenCv;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

class DegradationTest {
    private static final int SIDE = 32;

    @BeforeEach
    void load() {
        OpenCv.load();
    }

    private static byte[] noise() {
        byte[] bytes = new byte[3 * SIDE * SIDE];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static byte[] degraded(Degradation degradation, long seed) {
        Mat pixels = new Mat(SIDE, SIDE, CvType.CV_8UC3);
        pixels.put(0, 0, noise());
        degradation.draw(new SplittableRandom(seed)).accept(pixels);
        assertEquals(CvType.CV_8UC3, pixels.type());
        assertEquals(SIDE, pixels.cols());
        byte[] bytes = new byte[3 * SIDE * SIDE];
        pixels.get(0, 0, bytes);
        pixels.release();
        return bytes;
    }

    private static double variance(byte[] values) {
        double mean = 0;
        double square = 0;
        for (byte value : values) {
            mean += (value & 0xff) / (double) values.length;
            square += (value & 0xff) * (value & 0xff) / (double) values.length;
        }
        return square - mean * mean;
    }

    @Test
    void blurTakesNoiseAway() {
        byte[] blurred = degraded(new Degradation(1, 0), 1);
        assertTrue(variance(blurred) < 0.7 * variance(noise()), variance(blurred) + " of " + variance(noise()));
        assertArrayEquals(blurred, degraded(new Degradation(1, 0), 1));
    }

    @Test
    void compressionChangesPixelsAndTheSameDrawChangesThemAlike() {
        byte[] compressed = degraded(new Degradation(0, 1), 1);
        assertFalse(Arrays.equals(noise(), compressed));
        assertArrayEquals(compressed, degraded(new Degradation(0, 1), 1));
    }

    @Test
    void theShareOfPicturesIsChanged() {
        int changed = 0;
        for (int seed = 0; seed < 300; seed++) {
            changed += Arrays.equals(noise(), degraded(new Degradation(0.3, 0), seed)) ? 0 : 1;
        }
        assertEquals(90, changed, 30);
    }

    @Test
    void withoutAChangeNothingIsDrawn() {
        SplittableRandom random = new SplittableRandom(3);
        Degradation.none().draw(random);
        assertEquals(new SplittableRandom(3).nextLong(), random.nextLong());
    }
}
