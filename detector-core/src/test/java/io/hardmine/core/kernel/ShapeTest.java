package io.hardmine.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {
    private static final Shape SHAPE = new Shape(2, 3, 5, 4);

    @Test
    void aWindowMovesOverEveryCellOrOverEverySecond() {
        assertEquals(new Shape(2, 3, 5, 7), SHAPE.strided(1, 7));
        assertEquals(new Shape(2, 2, 3, 7), SHAPE.strided(2, 7));
        assertEquals(60, SHAPE.perPicture());
        assertEquals(120, SHAPE.length());
    }

    @ParameterizedTest
    @CsvSource({"6, 10", "5, 10", "6, 9", "5, 9"})
    void upsamplingByTwoMayBeCutByARowAndAColumn(int height, int width) {
        assertEquals(new Shape(2, height, width, 4), SHAPE.upsampled(height, width));
    }

    /** The last two are too large in one direction by as much as they are too small in the other. */
    @ParameterizedTest
    @CsvSource({"7, 10", "6, 11", "4, 10", "6, 8", "4, 12", "8, 8"})
    void otherSizesAreNoUpsampling(int height, int width) {
        assertThrows(IllegalArgumentException.class, () -> SHAPE.upsampled(height, width));
    }

    @Test
    void sizesThatAreNotPositiveOrTooLargeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Shape(1, 0, 1, 1));
        assertThrows(ArithmeticException.class, () -> new Shape(1, 1 << 16, 1 << 15, 1).perPicture());
        assertThrows(ArithmeticException.class, () -> new Shape(2, 1 << 15, 1 << 15, 1).length());
    }
}
