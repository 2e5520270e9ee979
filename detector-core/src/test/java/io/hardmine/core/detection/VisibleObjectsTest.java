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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
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

    /** A picture of 100 x 100 in an input of the same size, moved to the left by {@code by}. */
    private static List<Annotation> movedLeft(double boxLeft, int by, double leastVisible) {
        ImageTransform moved = new ImageTransform(100, 100, 100, 100, -by, 0, false, false);
        return VisibleObjects.of(
                List.of(Annotation.of(new Box(boxLeft, 10, 40, 40), 0)), moved, new Box(0, 0, 100, 100), leastVisible);
    }

    @Test
    void anObjectIsCutAtTheEdgeAndIgnoredIfLessThanTheShareIsLeft() {
        assertEquals(new Box(0, 10, 12, 40), movedLeft(2, 30, 0.3).get(0).box());
        assertTrue(movedLeft(2, 30, 0.3).get(0).isObject(), "12 of 40 columns are 30 %");
        assertFalse(movedLeft(1.9, 30, 0.3).get(0).isObject(), "11.9 of 40 are less");
        assertTrue(movedLeft(1.9, 30, 0.29).get(0).isObject());
        assertFalse(movedLeft(2, 30, 0.31).get(0).isObject());
    }

    @Test
    void whatATileCutsOffIsNotSeen() {
        ImageTransform same = new ImageTransform(100, 100, 100, 100, 0, 0, false, false);
        Box tile = new Box(50, 20, 50, 80);
        List<Annotation> seen = VisibleObjects.of(
                List.of(
                        Annotation.of(new Box(40, 30, 20, 20), 0),
                        Annotation.of(new Box(10, 30, 20, 20), 1),
                        Annotation.of(new Box(70, 0, 20, 24), 2)),
                same,
                tile,
                0.3);
        assertEquals(2, seen.size());
        assertEquals(new Box(50, 30, 10, 20), seen.get(0).box());
        assertTrue(seen.get(0).isObject());
        assertEquals(new Box(70, 20, 20, 4), seen.get(1).box());
        assertTrue(seen.get(1).ignore());
    }

    /** Whatever the transform, an object is inside the tile, at least so much of it is there, and what is cut away is ignored. */
    @Property(tries = 500)
    void objectsAreInsideAndVisibleEnough(
            @ForAll @IntRange(min = 20, max = 300) int width,
            @ForAll @IntRange(min = 20, max = 300) int height,
            @ForAll @IntRange(min = -150, max = 100) int left,
            @ForAll @IntRange(min = -150, max = 100) int top,
            @ForAll boolean mirrored,
            @ForAll boolean flipped,
            @ForAll @DoubleRange(min = 0, max = 1) double leastVisible) {
        ImageTransform transform = new ImageTransform(100, 100, width, height, left, top, mirrored, flipped);
        Box tile = new Box(10, 20, 80, 60);
        Annotation object = Annotation.of(new Box(30, 40, 25, 35), 4);
        Box moved = transform.toInput(object.box());
        List<Annotation> seen = VisibleObjects.of(List.of(object), transform, tile, leastVisible);
        double share = moved.intersectionArea(tile) / moved.area();
        if (seen.isEmpty()) {
            assertTrue(moved.intersection(tile).width() < 1
                    || moved.intersection(tile).height() < 1);
            return;
        }
        Annotation only = seen.get(0);
        assertTrue(tile.contains(only.box()));
        assertEquals(moved.intersectionArea(tile), only.box().area(), 1e-6);
        if (Math.abs(share - leastVisible) > 1e-9) {
            assertEquals(share > leastVisible, only.isObject());
        }
    }

    /** An anchor like the whole object, most of which is outside, lies half in what is left of it as far as it sees the picture. */
    @Test
    void anAnchorThatMatchesAHardlyVisibleObjectIsNotBackground() {
        ImageTransform moved = new ImageTransform(128, 128, 128, 128, -48, 0, false, false);
        List<Annotation> seen = VisibleObjects.of(
                List.of(Annotation.of(new Box(24, 44, 32, 32), 0)), moved, new Box(0, 0, 128, 128), 0.3);
        assertEquals(new Box(0, 44, 8, 32), seen.get(0).box());
        assertTrue(seen.get(0).ignore());
        AnchorGrid grid = new AnchorGrid(AnchorShapes.paper(), 128, 128);
        Targets targets = IouMatcher.paper().match(grid, List.of(new GroundTruth(seen, new Box(0, 0, 128, 128))));
        assertEquals(0, targets.positives());
        // centered at x = 4 it reaches from -12 to 20: 8 of the 20 columns that it sees are the object's, 40 %
        assertEquals(Targets.BACKGROUND, label(grid, targets, 4, 60), "mostly beside it");

        List<Annotation> more = VisibleObjects.of(
                List.of(Annotation.of(new Box(28, 44, 48, 32), 0)),
                moved.movedBy(-14, 0),
                new Box(0, 0, 128, 128),
                0.3);
        assertEquals(new Box(0, 44, 14, 32), more.get(0).box());
        Targets wider = IouMatcher.paper().match(grid, List.of(new GroundTruth(more, new Box(0, 0, 128, 128))));
        // 14 of the 20 columns that it sees
        assertEquals(Targets.IGNORED, label(grid, wider, 4, 60), "mostly on it");
    }
}
