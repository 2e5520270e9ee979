package io.hardmine.core.anchor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hardmine.core.network.Architecture;
import io.hardmine.datasets.Box;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Centres, sides and order of anchors, worked by hand from the paper's section 4. */
class AnchorGridTest {
    private static final float TOLERANCE = 1e-3f;

    /** 16 × 16 cells on P3, 8 × 8 on P4, 4 × 4, 2 × 2 and 1 × 1, nine anchors in each. */
    private static final AnchorGrid GRID = new AnchorGrid(AnchorShapes.paper(), 128, 128);

    private static void assertAnchor(AnchorGrid grid, int n, double x, double y, double width, double height) {
        float[] boxes = grid.boxes();
        assertArrayEquals(
                new float[] {(float) x, (float) y, (float) width, (float) height},
                new float[] {boxes[4 * n], boxes[4 * n + 1], boxes[4 * n + 2], boxes[4 * n + 3]},
                TOLERANCE,
                "anchor " + n);
    }

    @Test
    void theFirstCellHasThreeRatiosOfHeightByWidthWithThreeScalesEach() {
        // areas 32², 32² · 2^(2/3), 32² · 2^(4/3); 32 / √2 = 22.627, 32 · √2 = 45.255
        assertAnchor(GRID, 0, 4, 4, 45.2548, 22.6274);
        assertAnchor(GRID, 1, 4, 4, 57.0175, 28.5088);
        assertAnchor(GRID, 3, 4, 4, 32, 32);
        assertAnchor(GRID, 5, 4, 4, 50.7968, 50.7968);
        assertAnchor(GRID, 6, 4, 4, 22.6274, 45.2548);
        assertAnchor(GRID, 8, 4, 4, 35.9188, 71.8376);
    }

    @Test
    void anAnchorAsABoxHasItsCenterInTheMiddle() {
        assertEquals(new Box(-12, -12, 32, 32), GRID.box(3));
        assertEquals(new Box(16 - 64, 16 - 64, 128, 128), GRID.box(2880 + 3));
    }

    @Test
    void cellsFollowEachOtherAlongTheRowThenDownTheColumn() {
        assertAnchor(GRID, 9 + 3, 12, 4, 32, 32);
        assertAnchor(GRID, 16 * 9 + 3, 4, 12, 32, 32);
        assertAnchor(GRID, 256 * 9 - 1, 124, 124, 35.9188, 71.8376);
    }

    @Test
    void levelsFollowEachOtherFromFineToCoarseEachTwiceAsLarge() {
        assertEquals(
                List.of(0, 2304, 2880, 3024, 3060, 3069),
                IntStream.rangeClosed(0, Architecture.LEVELS)
                        .mapToObj(GRID::start)
                        .toList());
        assertEquals(3069, GRID.size());
        assertEquals(4 * 3069, GRID.boxes().length);
        assertAnchor(GRID, 2304 + 3, 8, 8, 64, 64);
        assertAnchor(GRID, 2880 + 3, 16, 16, 128, 128);
        assertAnchor(GRID, 3024 + 3, 32, 32, 256, 256);
        assertAnchor(GRID, 3060 + 3, 64, 64, 512, 512);
        assertEquals(
                List.of(8, 16, 32, 64, 128),
                IntStream.range(0, Architecture.LEVELS)
                        .mapToObj(AnchorGrid::stride)
                        .toList());
    }

    @Test
    void cellsThatReachBeyondTheInputAreThereWithCentresOutside() {
        AnchorGrid grid = new AnchorGrid(AnchorShapes.paper(), 96, 160);
        List<Integer> rows = IntStream.range(0, 5).mapToObj(grid::rows).toList();
        List<Integer> columns = IntStream.range(0, 5).mapToObj(grid::columns).toList();
        assertEquals(List.of(12, 6, 3, 2, 1), rows);
        assertEquals(List.of(20, 10, 5, 3, 2), columns);
        assertEquals(9 * (240 + 60 + 15 + 6 + 2), grid.size());
        // P6's second row is centered at 1.5 · 64 = 96, on the lower edge; P7's second column at 192
        assertAnchor(grid, grid.start(3) + 3 * 9 + 3, 32, 96, 256, 256);
        assertAnchor(grid, grid.start(4) + 9 + 3, 192, 64, 512, 512);
        assertEquals(96, grid.height());
        assertEquals(160, grid.width());
    }

    @Test
    void theBaseIsMeasuredInStridesAndRatiosAreHeightByWidth() {
        AnchorGrid grid = new AnchorGrid(new AnchorShapes(2, List.of(4.0), List.of(1.0, 1.5)), 32, 32);
        assertAnchor(grid, 0, 4, 4, 8, 32);
        assertAnchor(grid, 1, 4, 4, 12, 48);
        assertAnchor(grid, grid.start(1), 8, 8, 16, 64);
    }

    @Test
    void shapesThatMakeNoAnchorAreRefused() {
        List<Double> one = List.of(1.0);
        assertThrows(IllegalArgumentException.class, () -> new AnchorShapes(0, one, one));
        assertThrows(IllegalArgumentException.class, () -> new AnchorShapes(Double.NaN, one, one));
        assertThrows(IllegalArgumentException.class, () -> new AnchorShapes(4, List.of(), one));
        assertThrows(IllegalArgumentException.class, () -> new AnchorShapes(4, one, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new AnchorShapes(4, List.of(0.0), one));
        assertThrows(IllegalArgumentException.class, () -> new AnchorShapes(4, one, List.of(-1.0)));
    }
}
