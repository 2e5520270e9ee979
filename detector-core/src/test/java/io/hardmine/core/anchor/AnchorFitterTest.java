package io.hardmine.core.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AnchorFitterTest {
    private static final Shape INPUT = new Shape(1, 96, 128, 3);

    private static List<AnchorFitter.Sample> samples(long seed, double smallest, double largest, double ratio) {
        Random random = new Random(seed);
        List<AnchorFitter.Sample> samples = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            double side = smallest * Math.pow(largest / smallest, random.nextDouble());
            double w = side / Math.sqrt(ratio);
            double h = side * Math.sqrt(ratio);
            Box box = new Box((128 - w) * random.nextDouble(), (96 - h) * random.nextDouble(), w, h);
            samples.add(new AnchorFitter.Sample(box, i % 2, INPUT));
        }
        return samples;
    }

    @Property(tries = 20)
    void recallIsThatOfTheWholeGrid(@ForAll long seed) {
        List<AnchorFitter.Sample> samples = samples(seed, 6, 80, 1.3);
        AnchorShapes shapes = AnchorFitter.fit(samples);
        AnchorGrid grid = new AnchorGrid(shapes, 96, 128);
        int found = 0;
        int close = 0; // the grid's coordinates are floats: an IoU may lie on the other side of 0.5 by a rounding
        for (AnchorFitter.Sample s : samples) {
            double best = 0;
            for (int n = 0; n < grid.size(); n++) {
                best = Math.max(best, grid.box(n).iou(s.box()));
            }
            found += best >= 0.5 + 1e-5 ? 1 : 0;
            close += Math.abs(best - 0.5) < 1e-5 ? 1 : 0;
        }
        long recalled = Math.round(60
                * AnchorFitter.recall(AnchorFitter.overlapOf(shapes), samples, 2)
                        .overall());
        assertTrue(recalled >= found && recalled <= found + close, recalled + " of " + found + " and " + close);
    }

    @Test
    void reachesSmallFlatBoxesThatThePapersAnchorsMiss() {
        List<AnchorFitter.Sample> samples = samples(1, 16, 40, 0.3);
        double fitted = AnchorFitter.recall(AnchorFitter.overlapOf(AnchorFitter.fit(samples)), samples, 2)
                .overall();
        assertTrue(fitted >= 0.95, "recall " + fitted);
        assertTrue(fitted
                > AnchorFitter.recall(AnchorFitter.overlapOf(AnchorShapes.paper()), samples, 2)
                        .overall());
    }

    @Test
    void withoutBoxesThePapersAnchors() {
        assertEquals(AnchorShapes.paper(), AnchorFitter.fit(List.of()));
        assertEquals(
                Double.NaN,
                AnchorFitter.recall(AnchorFitter.overlapOf(AnchorShapes.paper()), List.of(), 1)
                        .overall());
    }

    private static AnchorFitter.Sample sample(double x, double y, double w, double h, int category) {
        return new AnchorFitter.Sample(new Box(x, y, w, h), category, INPUT);
    }

    /** One of the two boxes of class 0 is reached, and one of the three of class 1; class 2 has none. */
    @Test
    void recallIsCountedByClassAndBySize() {
        List<AnchorFitter.Sample> samples = List.of(
                sample(0, 0, 31, 33, 0), // 1,023 pixels: small
                sample(0, 0, 32, 32, 1), // 1,024 pixels: medium
                sample(0, 0, 93, 99, 0), // 9,207 pixels: medium
                sample(0, 0, 96, 96, 1), // 9,216 pixels: large
                sample(9, 0, 96, 96, 1));
        List<AnchorFitter.Sample> reached = List.of(samples.get(0), samples.get(3));
        AnchorFitter.Recall recall = AnchorFitter.recall(reached::contains, samples, 3);
        assertEquals(2.0 / 5, recall.overall(), 0);
        assertEquals(List.of(1.0 / 2, 1.0 / 3, Double.NaN), recall.byCategory());
        assertEquals(List.of(1.0, 0.0, 1.0 / 2), recall.bySize());
    }

    /** Centers of P3 are 4, 12, 20 … 124 pixels from the left and 4 … 92 from the top. */
    @Test
    void aBoxHasACenterIfOneLiesStrictlyInside() {
        assertTrue(AnchorFitter.hasCenter(sample(3, 3, 2, 2, 0)));
        assertTrue(AnchorFitter.hasCenter(sample(123, 91, 5, 5, 0)));
        assertFalse(AnchorFitter.hasCenter(sample(5, 3, 6, 2, 0)));
        assertFalse(AnchorFitter.hasCenter(sample(3, 5, 2, 6, 0)));
        assertFalse(AnchorFitter.hasCenter(sample(4, 3, 3, 2, 0)), "on the left edge");
        assertFalse(AnchorFitter.hasCenter(sample(3, 4, 2, 3, 0)), "on the upper edge");
        assertFalse(AnchorFitter.hasCenter(sample(1, 3, 3, 2, 0)), "on the right edge");
        assertFalse(AnchorFitter.hasCenter(sample(3, 1, 2, 3, 0)), "on the lower edge");
        assertTrue(AnchorFitter.hasCenter(new AnchorFitter.Sample(new Box(123, 91, 9, 9), 0, INPUT)), "over the edge");
    }

    /** A fifth of the boxes is very flat, a fifth very tall: the ratios are those of the first and the ninth tenth. */
    @Test
    void ratiosFollowTheBoxes() {
        List<AnchorFitter.Sample> samples = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            double ratio = i < 10 ? 0.2 : i < 40 ? 1 : 5;
            double w = 32 / Math.sqrt(ratio);
            double h = 32 * Math.sqrt(ratio);
            samples.add(sample(60 - w / 2, 44 - h / 2, w, h, 0));
        }
        assertEquals(List.of(0.2, 1.0, 5.0), AnchorFitter.fit(samples).ratios());
    }

    @Test
    void anOverlapOfAHalfReachesABox() {
        AnchorShapes one = AnchorShapes.one(); // 32 pixels a side at P3
        assertTrue(AnchorFitter.overlapOf(one).test(sample(44, 44, 32, 16, 0)), "IoU 0.5 with 44 … 76 by 36 … 68");
        assertFalse(AnchorFitter.overlapOf(one).test(sample(44, 44, 32, 15, 0)));
    }
}
