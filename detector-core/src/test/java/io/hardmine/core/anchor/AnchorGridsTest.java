package io.hardmine.core.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.hardmine.core.kernel.Shape;
import org.junit.jupiter.api.Test;

class AnchorGridsTest {
    private static Shape width(int width) {
        return new Shape(1, 32, width, 3);
    }

    @Test
    void theGridUsedLongestAgoIsForgotten() {
        AnchorGrids grids = new AnchorGrids(AnchorShapes.one());
        AnchorGrid first = grids.of(width(32));
        AnchorGrid second = grids.of(width(64));
        assertEquals(32, first.height());
        assertEquals(64, second.width());
        for (int i = 3; i <= 8; i++) {
            grids.of(width(32 * i));
        }
        assertSame(first, grids.of(width(32)), "eight are kept");
        grids.of(width(32 * 9));
        assertSame(first, grids.of(width(32)), "used last");
        assertNotSame(second, grids.of(width(64)));
    }
}
