package io.hardmine.core.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.anchor.IouMatcher;
import io.hardmine.core.anchor.Targets;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisibleObjectsTest {
    /** A picture of 1280 x 640 at a tenth of its size. */
    private static final ImageTransform TENTH = new ImageTransform(1280, 640, 128, 64, 0, 0, false, false);

    @Test
    void anObjectUnderAPixelLeavesARegionThatIsNeitherObjectNorBackground() {
        Annotation crack = Annotation.of(new Box(200, 320, 600, 5), 0);
        assertTrue(VisibleObjects.vanishes(crack.box(), TENTH));
        List<Annotation> seen = VisibleObjects.of(List.of(crack), TENTH, 128, 64);
        assertEquals(1, seen.size());
        assertTrue(seen.get(0).ignore());
        assertEquals(new Box(20, 16.25, 60, 32), seen.get(0).box());

        AnchorGrid grid = new AnchorGrid(AnchorShapes.paper(), 64, 128);
        Targets targets = IouMatcher.paper().match(grid, List.of(new GroundTruth(seen, new Box(0, 0, 128, 64))));
        assertEquals(0, targets.positives());
        assertEquals(Targets.IGNORED, label(grid, targets, 52, 36), "an anchor on the crack");
        assertEquals(Targets.BACKGROUND, label(grid, targets, 108, 36), "an anchor far from it");
    }

    /** Of the smallest square anchor that is centered there. */
    private static int label(AnchorGrid grid, Targets targets, float x, float y) {
        float[] boxes = grid.boxes();
        for (int a = 0; a < grid.size(); a++) {
            if (boxes[4 * a] == x && boxes[4 * a + 1] == y && boxes[4 * a + 2] == 32 && boxes[4 * a + 3] == 32) {
                return targets.labels()[a];
            }
        }
        throw new AssertionError("no anchor at " + x + ", " + y);
    }

    @Test
    void anObjectOfAPixelIsAnObject() {
        Annotation dot = Annotation.of(new Box(300, 300, 10, 10), 0);
        assertFalse(VisibleObjects.vanishes(dot.box(), TENTH));
        assertEquals(List.of(dot.withBox(new Box(30, 30, 1, 1))), VisibleObjects.of(List.of(dot), TENTH, 128, 64));
    }

    @Test
    void whatLiesOutsideOrIsCutToASliverLeavesNothing() {
        ImageTransform moved = new ImageTransform(1280, 640, 128, 64, 0, -40, false, false);
        Annotation outside = Annotation.of(new Box(300, 300, 5, 5), 0);
        Annotation sliver = Annotation.of(new Box(300, 300, 105, 105), 0);
        assertEquals(List.of(), VisibleObjects.of(List.of(outside, sliver), moved, 128, 64));
    }
}
