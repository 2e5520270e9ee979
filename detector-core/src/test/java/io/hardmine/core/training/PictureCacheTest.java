package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.detection.InputCanvas;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.OpenCv;
import io.hardmine.datasets.image.PictureEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

class PictureCacheTest {
    /** Of a picture of 40 x 30 at half of its size. */
    private static final int HALF = 20 * 15 * 3;

    @TempDir
    private Path folder;

    @BeforeEach
    void load() {
        OpenCv.load();
    }

    private Picture noise(int number, int width, int height) {
        byte[] values = new byte[3 * width * height];
        new Random(number).nextBytes(values);
        Mat pixels = new Mat(height, width, CvType.CV_8UC3);
        pixels.put(0, 0, values);
        Path file = folder.resolve(number + ".png");
        PictureEncoder.write(pixels, ".png", file);
        pixels.release();
        return new Picture(number, number + ".png", file, width, height, List.of());
    }

    private static byte[] bytes(Mat pixels) {
        byte[] bytes = new byte[(int) pixels.total() * 3];
        pixels.get(0, 0, bytes);
        pixels.release();
        return bytes;
    }

    @Test
    void theLeastRecentlyUsedPictureGoesFirstAndTheBoundHolds() {
        PictureCache cache = new PictureCache(2 * HALF + 10);
        List<Picture> pictures =
                IntStream.range(0, 3).mapToObj(i -> noise(i, 40, 30)).toList();
        cache.pixels(pictures.get(0), 20, 15).release();
        cache.pixels(pictures.get(1), 20, 15).release();
        cache.pixels(pictures.get(0), 20, 15).release();
        assertEquals(2 * HALF, cache.bytes());
        cache.pixels(pictures.get(2), 20, 15).release();
        assertEquals(2 * HALF, cache.bytes());
        assertTrue(cache.holds(pictures.get(0)));
        assertFalse(cache.holds(pictures.get(1)));
        assertTrue(cache.holds(pictures.get(2)));
        cache.pixels(pictures.get(1), 40, 30).release();
        assertFalse(cache.holds(pictures.get(1)), "it is larger than the bound");
        assertTrue(cache.holds(pictures.get(0)), "and pushes nothing out");
    }

    @Test
    void aKeptPictureIsNotReadAgain() throws Exception {
        Picture picture = noise(0, 40, 30);
        PictureCache cache = new PictureCache(HALF);
        byte[] first = bytes(cache.pixels(picture, 20, 15));
        Files.delete(picture.file());
        assertArrayEquals(first, bytes(cache.pixels(picture, 20, 15)));
        assertThrows(DataException.class, () -> new PictureCache(0).pixels(picture, 20, 15));
    }

    @Test
    void pixelsAreTheSameWhetherTheyAreKeptOrNot() {
        List<Picture> pictures = List.of(noise(0, 300, 200), noise(1, 90, 70), noise(2, 500, 120));
        Preprocessing preprocessing = new Preprocessing(64, 96);
        Augmentation augmentation = Augmentation.defaults().withRotation(10).with(new ColorJitter(0.015, 0.7, 0.4));
        RandomPlacement never = new RandomPlacement(preprocessing, augmentation);
        RandomPlacement always = new RandomPlacement(preprocessing, augmentation, new PictureCache(1 << 20));
        Shape shape = new Shape(1, 64, 96, 3);
        for (int round = 0; round < 3; round++) {
            for (Picture picture : pictures) {
                float[] decoded = new float[shape.length()];
                float[] kept = new float[shape.length()];
                new WholePicture(picture, null, never)
                        .paintOn(new InputCanvas(decoded, shape, 0), new SplittableRandom(round));
                new WholePicture(picture, null, always)
                        .paintOn(new InputCanvas(kept, shape, 0), new SplittableRandom(round));
                assertArrayEquals(decoded, kept);
                assertTrue(always.cache().holds(picture));
            }
        }
    }

    @Test
    void aPictureIsKeptAtTheLargestSizeThatAugmentationNeeds() {
        RandomPlacement placement = new RandomPlacement(
                new Preprocessing(64, 96), Augmentation.none().withScale(0.5), new PictureCache(1 << 20));
        Mat large = placement.pixels(noise(0, 600, 400));
        assertEquals(144, large.cols(), "96 / 600 is the scale, and half as much is added to it");
        assertEquals(96, large.rows());
        large.release();
        Mat small = placement.pixels(noise(1, 60, 40));
        assertEquals(60, small.cols(), "enlarging is left to the augmentation");
        assertEquals(40, small.rows());
        small.release();
    }

    @Test
    void manyThreadsGetTheSamePixelsWithinTheBound() {
        List<Picture> pictures =
                IntStream.range(0, 6).mapToObj(i -> noise(i, 40, 30)).toList();
        List<byte[]> expected = pictures.stream()
                .map(p -> bytes(new PictureCache(0).pixels(p, 20, 15)))
                .toList();
        PictureCache cache = new PictureCache(3 * HALF);
        IntStream.range(0, 300)
                .parallel()
                .forEach(i -> assertArrayEquals(expected.get(i % 6), bytes(cache.pixels(pictures.get(i % 6), 20, 15))));
        assertEquals(3 * HALF, cache.bytes());
    }
}
