package io.hardmine.mining.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.training.PictureCrop;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class ThumbnailTest {
    private static Thumbnail of(int width, int height, IntBinaryOperator gray) {
        byte[] bgr = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                Arrays.fill(bgr, 3 * (y * width + x), 3 * (y * width + x + 1), (byte) gray.applyAsInt(x, y));
            }
        }
        return Thumbnail.of(new PictureCrop("p", width, height, bgr));
    }

    /** Cells of 4 x 2 pixels: the same means in crops of another size. */
    @Test
    void aCellHoldsTheMeanOfItsPixels() {
        Thumbnail small = of(16, 16, (x, y) -> 3 * x + 5 * y);
        assertEquals(small, of(64, 32, (x, y) -> 3 * (x / 4) + 5 * (y / 2)));
        assertEquals(of(16, 16, (x, y) -> 100), of(64, 32, (x, y) -> (x + y) % 2 == 0 ? 90 : 110));
        assertEquals(small.hashCode(), of(16, 16, (x, y) -> 3 * x + 5 * y).hashCode());
        assertNotEquals(small, of(16, 16, (x, y) -> 5 * x + 3 * y), "rows and columns");
        assertNotEquals(small, (Object) "thumbnail");
    }

    /** A crop of 8 pixels is smaller than the grid: each of its pixels fills two rows and two columns. */
    @Test
    void aSmallCropIsSpreadOverTheGrid() {
        assertEquals(of(16, 16, (x, y) -> 20 * (x / 2) + (y / 2)), of(8, 8, (x, y) -> 20 * x + y));
    }

    @Test
    void allThreeColorsCount() {
        byte[] bgr = new byte[3 * 16 * 16];
        for (int i = 0; i < bgr.length; i++) {
            bgr[i] = (byte) (i % 3 == 0 ? 250 : i % 3 == 1 ? 40 : 10); // mean 100
        }
        assertEquals(of(16, 16, (x, y) -> 100), Thumbnail.of(new PictureCrop("p", 16, 16, bgr)));
    }

    @Test
    void cropsAreAlikeUpToAMeanDifferenceOfFourLevels() {
        Thumbnail dark = of(16, 16, (x, y) -> 100);
        assertTrue(dark.isLike(of(16, 16, (x, y) -> 104)));
        assertTrue(of(16, 16, (x, y) -> 104).isLike(dark));
        assertFalse(dark.isLike(of(16, 16, (x, y) -> x == 0 && y == 0 ? 105 : 104)));
        assertTrue(dark.isLike(of(16, 16, (x, y) -> x < 8 ? 108 : 100)), "8 levels in one half");
        assertTrue(dark.isLike(of(16, 16, (x, y) -> x < 8 ? 96 : 104)), "4 levels, down and up");
        assertFalse(dark.isLike(of(16, 16, (x, y) -> x < 8 ? 91 : 109)), "they do not cancel");
    }
}
