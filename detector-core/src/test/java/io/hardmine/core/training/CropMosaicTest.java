package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.detection.InputCanvas;
import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CropMosaicTest {
    private static final float[] RED = {(1 - 0.485f) / 0.229f, -0.456f / 0.224f, -0.406f / 0.225f};
    private static final float[] BLUE = {-0.485f / 0.229f, -0.456f / 0.224f, (1 - 0.406f) / 0.225f};

    /** A red pixel beside a blue one, the red one an object. */
    private static PictureCrop redAndBlue() {
        byte full = (byte) 255;
        byte[] bgr = {0, 0, full, full, 0, 0};
        return new PictureCrop("p", 2, 1, bgr, List.of(Annotation.of(new Box(0, 0, 1, 1), 3)));
    }

    private static float[] pixel(InputCanvas canvas, int x, int y) {
        int at = canvas.index() * canvas.shape().perPicture() + 3 * (y * canvas.width() + x);
        return Arrays.copyOfRange(canvas.images(), at, at + 3);
    }

    @Test
    void tilesLieWhereTheyArePutAndBackgroundCountsInThemAlone() {
        Shape shape = new Shape(2, 32, 64, 3);
        InputCanvas canvas = new InputCanvas(new float[shape.length()], shape, 1);
        CropMosaic mosaic = new CropMosaic(List.of(
                new CropMosaic.Tile(redAndBlue(), 10, 4, false), new CropMosaic.Tile(redAndBlue(), 20, 8, true)));
        GroundTruth truth = mosaic.paintOn(canvas, new SplittableRandom(1));

        assertArrayEquals(RED, pixel(canvas, 10, 4), 1e-5f);
        assertArrayEquals(BLUE, pixel(canvas, 11, 4), 1e-5f);
        assertArrayEquals(BLUE, pixel(canvas, 20, 8), 1e-5f);
        assertArrayEquals(RED, pixel(canvas, 21, 8), 1e-5f);
        assertArrayEquals(new float[3], pixel(canvas, 12, 4));
        assertArrayEquals(new float[3], pixel(canvas, 10, 5));
        float[] other = Arrays.copyOf(canvas.images(), shape.perPicture());
        assertArrayEquals(new float[other.length], other, "the batch's other input");

        assertEquals(
                List.of(
                        Annotation.of(new Box(0, 0, 1, 1), 3).withBox(new Box(10, 4, 1, 1)),
                        Annotation.of(new Box(0, 0, 1, 1), 3).withBox(new Box(21, 8, 1, 1))),
                truth.annotations());
        assertEquals(new Box(0, 0, 64, 32), truth.area());
        assertEquals(List.of(new Box(10, 4, 2, 1), new Box(20, 8, 2, 1)), truth.background());
        assertEquals(List.of("p", "p"), mosaic.names());
    }
}
