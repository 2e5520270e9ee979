package io.hardmine.core.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One anchor of 32 x 32 pixels in a cell; at P3 centers are 4, 12, 20 … pixels from the left and from the top. */
class BackgroundRuleTest {
    private static final AnchorGrid GRID = new AnchorGrid(AnchorShapes.one(), 64, 64);

    private static int at(int column, int row) {
        return row * GRID.columns(0) + column;
    }

    private static BackgroundRule rule(Box area, Annotation... annotations) {
        return new BackgroundRule(GRID, new GroundTruth(List.of(annotations), area));
    }

    private static Annotation ignored(Box box) {
        return Annotation.of(box, 0).asIgnored();
    }

    @Test
    void aCenterOnTheLeftOrUpperEdgeLiesInThePicture() {
        BackgroundRule rule = rule(new Box(12, 20, 16, 16));
        assertTrue(rule.inPicture(at(1, 2)), "on the corner at 12, 20");
        assertFalse(rule.inPicture(at(0, 2)));
        assertFalse(rule.inPicture(at(1, 1)));
        assertTrue(rule.inPicture(at(2, 3)));
        assertFalse(rule.inPicture(at(3, 2)), "on the right edge, 28");
        assertFalse(rule.inPicture(at(1, 4)), "on the lower edge, 36");
    }

    /** The anchor at 28, 28 spans 12 … 44. */
    @Test
    void anAnchorThatLiesHalfInAnIgnoredRegionTakesNoPart() {
        Box area = new Box(0, 0, 64, 64);
        int anchor = at(3, 3);
        assertEquals(Targets.IGNORED, rule(area, ignored(new Box(0, 0, 28, 64))).label(anchor, 0), "a half");
        assertEquals(
                Targets.BACKGROUND, rule(area, ignored(new Box(0, 0, 27, 64))).label(anchor, 0));
        assertEquals(
                Targets.IGNORED, rule(area, ignored(new Box(12, 12, 16, 26))).label(anchor, 0), "IoU 0.406");
        assertEquals(
                Targets.BACKGROUND, rule(area, ignored(new Box(12, 12, 16, 25))).label(anchor, 0), "IoU 0.391");
    }

    /** The picture ends at 28: it shows the half of the anchor at 20, 20 that spans 4 … 28. */
    @Test
    void onlyWhatThePictureShowsOfAnAnchorCounts() {
        Box area = new Box(0, 0, 28, 64);
        Annotation region = ignored(new Box(0, 0, 16, 64)); // 12 of the 24 columns that are seen, of 32
        assertEquals(Targets.IGNORED, rule(area, region).label(at(2, 2), 0));
        assertEquals(Targets.BACKGROUND, rule(new Box(0, 0, 64, 64), region).label(at(2, 2), 0));
    }

    /** The object spans 20 … 28; twice its box 16 … 32. */
    @Test
    void ifBackgroundIsNamedOnlyThatAndWhatIsNearAnObjectCounts() {
        List<Annotation> object = List.of(Annotation.of(new Box(20, 20, 8, 8), 0));
        List<Box> regions = List.of(new Box(20, 20, 44, 44));
        BackgroundRule rule = new BackgroundRule(GRID, new GroundTruth(object, new Box(0, 0, 64, 64), regions));
        assertEquals(Targets.BACKGROUND, rule.label(at(3, 3), 0), "28 is nearer than 32");
        assertEquals(Targets.BACKGROUND, rule.label(at(2, 2), 0));
        assertEquals(Targets.IGNORED, rule.label(at(1, 2), 0), "12 is left of 16");
        assertEquals(Targets.IGNORED, rule.label(at(2, 1), 0), "12 is above 16");
        assertEquals(Targets.BACKGROUND, rule.label(at(1, 2), 0.11f), "it overlaps the object");
        assertEquals(Targets.IGNORED, rule.label(at(1, 2), 0.09f));
        assertEquals(Targets.BACKGROUND, rule.label(at(4, 4), 0), "20 … 52 lies in the region");
        assertEquals(Targets.IGNORED, rule.label(at(6, 4), 0), "36 … 68 does not");
    }
}
