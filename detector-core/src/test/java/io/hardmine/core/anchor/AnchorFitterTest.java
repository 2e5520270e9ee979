package io.hardmine.core.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
}
