package io.hardmine.core.anchor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.network.Architecture;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AtssMatcherTest {
    private static final AnchorGrid GRID = new AnchorGrid(AnchorShapes.one(), 64, 96);
    private static final Box AREA = new Box(0, 0, 96, 64);

    private static int[] positives(Targets targets) {
        return IntStream.range(0, targets.labels().length)
                .filter(n -> targets.labels()[n] >= 0)
                .toArray();
    }

    private static Targets match(AtssMatcher matcher, Annotation... annotations) {
        return matcher.match(GRID, List.of(new GroundTruth(List.of(annotations), AREA)));
    }

    /**
     * With one candidate a level, squares of 32, 64, 128, 256 and 512 pixels around a box of 28 x 28 have IoUs of 0.766,
     * 0.191, 0.048, 0.012 and 0.003 with it: mean 0.204, deviation 0.325. Only the first reaches their sum.
     */
    @Test
    void anObjectSetsItsOwnThreshold() {
        Targets targets = match(new AtssMatcher(1), Annotation.of(new Box(6, 6, 28, 28), 2));
        int expected = GRID.start(0) + 2 * GRID.columns(0) + 2;
        assertArrayEquals(new int[] {expected}, positives(targets));
        assertEquals(2, targets.labels()[expected]);
        assertEquals(0, targets.objects()[expected]);
        assertEquals(1, targets.positives());
        float[] offsets = Arrays.copyOfRange(targets.offsets(), 4 * expected, 4 * expected + 4);
        double size = Math.log(28.0 / 32);
        assertArrayEquals(new float[] {0, 0, (float) size, (float) size}, offsets, 1e-6f);
    }

    /** The box is the fifth anchor of the cell at 36, 28. */
    @Test
    void withSeveralAnchorsInACellEachIsACandidate() {
        AnchorGrid grid = new AnchorGrid(AnchorShapes.paper(), 64, 96);
        int anchor = grid.start(0) + (3 * grid.columns(0) + 4) * 9 + 4;
        GroundTruth truth = new GroundTruth(List.of(Annotation.of(grid.box(anchor), 1)), AREA);
        Targets targets = new AtssMatcher(1).match(grid, List.of(truth));
        assertEquals(1, targets.labels()[anchor]);
        for (int n : positives(targets)) {
            assertEquals(36, grid.box(n).centerX(), 1e-9, "one cell is looked at in each level");
            assertEquals(28, grid.box(n).centerY(), 1e-9);
        }
    }

    /** A box of 2 pixels in the corner of four cells holds no center; it gets its best candidate all the same. */
    @Test
    void anObjectBetweenCentersKeepsAnAnchor() {
        Targets targets = match(AtssMatcher.paper(), Annotation.of(new Box(15, 15, 2, 2), 0));
        assertEquals(1, targets.positives());
        assertTrue(positives(targets)[0] < GRID.start(1));
    }

    @Test
    void nobodyStandsForARegionToIgnore() {
        Annotation ignored = Annotation.of(new Box(0, 0, 96, 64), 0).asIgnored();
        Targets targets = match(AtssMatcher.paper(), ignored);
        assertEquals(0, targets.positives());
        assertEquals(
                Targets.IGNORED, targets.labels()[GRID.start(0) + 4 * GRID.columns(0) + 6]); // its anchor lies inside
    }

    @Test
    void refusesNoCandidates() {
        assertThrows(IllegalArgumentException.class, () -> new AtssMatcher(0));
    }

    /** Algorithm 1 of the paper, every cell looked at. */
    private static int[] owners(List<Annotation> annotations, int candidates) {
        double[] best = new double[GRID.size()];
        int[] owner = new int[GRID.size()];
        Arrays.fill(owner, -1);
        for (int o = 0; o < annotations.size(); o++) {
            Box box = annotations.get(o).box();
            List<Integer> near = new ArrayList<>();
            for (int level = 0; level < Architecture.LEVELS; level++) {
                IntStream.range(GRID.start(level), GRID.start(level + 1))
                        .boxed()
                        .sorted(Comparator.comparingDouble(n -> Math.hypot(
                                GRID.box(n).centerX() - box.centerX(),
                                GRID.box(n).centerY() - box.centerY())))
                        .limit(candidates)
                        .forEach(near::add);
            }
            double mean = near.stream()
                    .mapToDouble(n -> GRID.box(n).iou(box))
                    .average()
                    .orElseThrow();
            double variance = near.stream()
                            .mapToDouble(n -> Math.pow(GRID.box(n).iou(box) - mean, 2))
                            .sum()
                    / (near.size() - 1);
            for (int n : near) {
                double iou = GRID.box(n).iou(box);
                double x = GRID.box(n).centerX();
                double y = GRID.box(n).centerY();
                boolean inside = x > box.x() && x < box.right() && y > box.y() && y < box.bottom();
                if (inside && iou >= mean + Math.sqrt(variance) && iou > best[n]) {
                    best[n] = iou;
                    owner[n] = o;
                }
            }
        }
        return owner;
    }

    @Property(tries = 300)
    void agreesWithThePapersAlgorithm(@ForAll long seed) {
        Random random = new Random(seed);
        List<Annotation> annotations = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            double w = 3 + 60 * random.nextDouble();
            double h = 3 + 40 * random.nextDouble();
            annotations.add(Annotation.of(
                    new Box((96 - w) * random.nextDouble(), (64 - h) * random.nextDouble(), w, h), random.nextInt(3)));
        }
        Targets targets = match(AtssMatcher.paper(), annotations.toArray(Annotation[]::new));
        int[] expected = owners(annotations, 9);
        boolean[] found = new boolean[annotations.size()];
        for (int owner : expected) {
            if (owner >= 0) {
                found[owner] = true;
            }
        }
        int[] extra = new int[annotations.size()];
        for (int n = 0; n < GRID.size(); n++) {
            int object = targets.objects()[n];
            if (expected[n] < 0 && object >= 0) {
                assertTrue(!found[object], "an object with anchors of its own got another");
                extra[object]++;
            } else {
                assertEquals(expected[n], object);
                boolean inPicture = GRID.box(n).centerX() < 96 && GRID.box(n).centerY() < 64;
                int background = inPicture ? Targets.BACKGROUND : Targets.IGNORED;
                assertEquals(object < 0 ? background : annotations.get(object).category(), targets.labels()[n]);
            }
        }
        for (int o = 0; o < extra.length; o++) {
            assertEquals(found[o] ? 0 : 1, extra[o]);
        }
    }
}
