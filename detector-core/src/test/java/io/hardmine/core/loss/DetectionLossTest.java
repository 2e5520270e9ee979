package io.hardmine.core.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.Targets;
import io.hardmine.core.loss.ClassLoss.FocalLoss;
import io.hardmine.core.network.RawOutputs;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DetectionLossTest {
    private static final AnchorShapes ONE = new AnchorShapes(4, List.of(1.0), List.of(1.0));
    private static final BoxLoss BOX = new BoxLoss.SmoothL1(0.1);

    private static DetectionLoss loss() {
        return new DetectionLoss(FocalLoss.paper(), BOX, 2);
    }

    private static RawOutputs outputs(AnchorGrid grid, int batch, int classes, long seed) {
        RawOutputs outputs = RawOutputs.zeros(batch, grid.size(), classes);
        Random random = new Random(seed);
        for (float[] array : List.of(outputs.logits(), outputs.offsets())) {
            for (int i = 0; i < array.length; i++) {
                array[i] = (float) random.nextGaussian();
            }
        }
        return outputs;
    }

    /** Random targets: one in twenty an object, one in ten ignored. */
    private static Targets targets(AnchorGrid grid, int batch, int classes, long seed) {
        Random random = new Random(seed);
        int rows = batch * grid.size();
        int[] labels = new int[rows];
        float[] offsets = new float[4 * rows];
        int positives = 0;
        for (int r = 0; r < rows; r++) {
            double chance = random.nextDouble();
            labels[r] = chance < 0.05 ? random.nextInt(classes) : chance < 0.15 ? Targets.IGNORED : Targets.BACKGROUND;
            if (labels[r] >= 0) {
                positives++;
                for (int i = 4 * r; i < 4 * r + 4; i++) {
                    offsets[i] = (float) random.nextGaussian();
                }
            }
        }
        return new Targets(batch, grid.size(), labels, new int[rows], offsets, positives);
    }

    private static Targets background(AnchorGrid grid, int batch) {
        int rows = batch * grid.size();
        int[] labels = new int[rows];
        Arrays.fill(labels, Targets.BACKGROUND);
        return new Targets(batch, grid.size(), labels, new int[rows], new float[4 * rows], 0);
    }

    @Test
    void sumsOverWhatCountsByTheMovingAverage() {
        AnchorGrid grid = new AnchorGrid(ONE, 96, 64);
        RawOutputs outputs = outputs(grid, 2, 3, 1);
        Targets targets = targets(grid, 2, 3, 2);
        Losses losses = loss().evaluate(grid, outputs, targets, ExampleSelection.ALL);
        double average = 90 + 0.1 * targets.positives();
        float[] logits = new float[outputs.logits().length];
        float[] offsets = new float[outputs.offsets().length];
        double classification = 0;
        double box = 0;
        for (int r = 0; r < targets.labels().length; r++) {
            int label = targets.labels()[r];
            if (label != Targets.IGNORED) {
                classification += FocalLoss.paper().evaluate(outputs.logits(), 3 * r, 3, label, logits);
            }
            if (label >= 0) {
                box += BOX.evaluate(
                        grid.boxes(), r % grid.size(), outputs.offsets(), targets.offsets(), 4 * r, offsets);
            }
        }
        assertTrue(targets.positives() > 5, "the scene has objects");
        assertEquals(classification / average, losses.classification(), 1e-7 * losses.classification());
        assertEquals(2 * box / average, losses.box(), 1e-7 * losses.box());
        assertEquals(losses.classification() + losses.box(), losses.total(), 0);
        for (int i = 0; i < logits.length; i++) {
            assertEquals(logits[i] / average, losses.gradients().logits()[i], 1e-7 * Math.abs(logits[i]));
        }
        for (int i = 0; i < offsets.length; i++) {
            assertEquals(2 * offsets[i] / average, losses.gradients().offsets()[i], 1e-7 * Math.abs(offsets[i]));
        }
    }

    /** At logit 0 every anchor of background costs ln 2 under cross-entropy. */
    @Test
    void eachPicturesSumIsThatOfItsAnchorsThatCountAndNotNormalised() {
        AnchorGrid grid = new AnchorGrid(ONE, 512, 512);
        assertEquals(4096 + 1024 + 256 + 64 + 16, grid.size());
        RawOutputs outputs = RawOutputs.zeros(2, grid.size(), 1);
        Targets targets = background(grid, 2);
        for (int r = 2100; r < 3100; r++) {
            targets.labels()[r] = Targets.IGNORED;
        }
        DetectionLoss loss = new DetectionLoss(new ClassLoss.CrossEntropy(), BOX, 2);
        loss.normalizer().restore(50);
        Losses all = loss.evaluate(grid, outputs, targets, ExampleSelection.ALL);
        double ln2 = Math.log(2);
        assertArrayEquals(new double[] {4456 * ln2, 5456 * ln2}, all.byPicture(), 1e-4);

        boolean[] counts = new boolean[2 * grid.size()];
        Arrays.fill(counts, 2 * grid.size() - 5, counts.length, true);
        counts[2100] = true; // chosen, but ignored
        Losses few = loss.evaluate(grid, outputs, targets, (g, t, o, l) -> new ExampleSelection.Selected(counts, 100));
        assertArrayEquals(new double[] {0, 5 * ln2}, few.byPicture(), 1e-6);
        assertEquals(5 * ln2 / 100, few.classification(), 1e-8);
    }

    @Test
    void confusionIsWhatObjectsGiveToOtherClasses() {
        AnchorGrid grid = new AnchorGrid(ONE, 64, 64);
        int classes = 3;
        RawOutputs outputs = RawOutputs.zeros(2, grid.size(), classes);
        Targets targets = background(grid, 2); // background's scores, all 0.5, are no confusion
        int object = grid.size() + 7; // in the second picture
        targets.labels()[object] = 1;
        outputs.logits()[classes * object] = (float) Math.log(3); // scores 0.75, 0.5 and 0.25; its own is the second
        outputs.logits()[classes * object + 2] = (float) -Math.log(3);
        double[] confusion =
                loss().evaluate(grid, outputs, targets, ExampleSelection.ALL).confusion();
        assertArrayEquals(new double[] {0, Math.log(4) + Math.log(4.0 / 3)}, confusion, 1e-6); // −log(1 − p)
    }

    @Test
    void gradientsAreFiniteDifferencesOfTheTotal() {
        AnchorGrid grid = new AnchorGrid(ONE, 32, 32);
        RawOutputs outputs = outputs(grid, 2, 2, 3);
        for (float[] array : List.of(outputs.logits(), outputs.offsets())) {
            for (int i = 0; i < array.length; i++) {
                array[i] = Math.round(1024 * array[i]) / 1024f;
            }
        }
        Targets targets = targets(grid, 2, 2, 5);
        DetectionLoss loss = new DetectionLoss(FocalLoss.paper(), new BoxLoss.GeneralizedIou(), 3);
        loss.normalizer().restore(4);
        RawOutputs found =
                loss.evaluate(grid, outputs, targets, ExampleSelection.ALL).gradients();
        float[] logits = found.logits().clone();
        float[] offsets = found.offsets().clone();
        compare(grid, outputs, targets, loss, outputs.logits(), logits);
        compare(grid, outputs, targets, loss, outputs.offsets(), offsets);
    }

    private static void compare(
            AnchorGrid grid, RawOutputs outputs, Targets targets, DetectionLoss loss, float[] by, float[] gradients) {
        float step = 1 / 128f;
        int nonzero = 0;
        for (int i = 0; i < by.length; i++) {
            float x = by[i]; // a multiple of the step's fractions, so that x ± step is exact
            by[i] = x + step;
            loss.normalizer().restore(4);
            double above =
                    loss.evaluate(grid, outputs, targets, ExampleSelection.ALL).total();
            by[i] = x - step;
            loss.normalizer().restore(4);
            double below =
                    loss.evaluate(grid, outputs, targets, ExampleSelection.ALL).total();
            by[i] = x;
            assertEquals((above - below) / (2 * step), gradients[i], 1e-3 * Math.abs(gradients[i]) + 2e-6);
            nonzero += gradients[i] == 0 ? 0 : 1;
        }
        assertTrue(nonzero > 0);
    }

    @Test
    void theSumDoesNotDependOnTheNumberOfThreads() throws Exception {
        AnchorGrid grid = new AnchorGrid(AnchorShapes.paper(), 192, 160);
        RawOutputs outputs = outputs(grid, 3, 4, 7);
        Targets targets = targets(grid, 3, 4, 8);
        Losses expected = null;
        for (int threads : new int[] {1, 2, 5}) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            try {
                Losses losses = pool.submit(() -> loss().evaluate(grid, outputs, targets, ExampleSelection.ALL))
                        .get();
                expected = expected == null ? losses : expected;
                assertEquals(
                        Double.doubleToLongBits(expected.classification()),
                        Double.doubleToLongBits(losses.classification()));
                assertEquals(Double.doubleToLongBits(expected.box()), Double.doubleToLongBits(losses.box()));
                assertArrayEquals(
                        expected.gradients().logits(), losses.gradients().logits(), 0);
                assertArrayEquals(
                        expected.gradients().offsets(), losses.gradients().offsets(), 0);
            } finally {
                pool.shutdown();
            }
        }
    }

    @Test
    void pureBackgroundNeitherDividesByZeroNorDominates() {
        AnchorGrid grid = new AnchorGrid(ONE, 64, 64);
        RawOutputs outputs = outputs(grid, 1, 2, 9);
        DetectionLoss loss = loss();
        loss.normalizer().restore(40); // a run with 40 object anchors a batch
        Losses first = loss.evaluate(grid, outputs, background(grid, 1), ExampleSelection.ALL);
        assertEquals(36.1, loss.normalizer().average(), 1e-9, "0.9 · 40 + 0.1 · 1");
        double sum = first.classification() * 36.1;
        assertEquals(0, first.box(), 0);
        assertTrue(first.classification() > 0);
        for (int i = 0; i < 300; i++) {
            Losses later = loss.evaluate(grid, outputs, background(grid, 1), ExampleSelection.ALL);
            assertTrue(Double.isFinite(later.total()));
            assertTrue(later.classification() <= sum * (1 + 1e-9), "divided by at least 1");
        }
        assertEquals(1, loss.normalizer().average(), 1e-9);
    }

    @Test
    void theNormaliserIsAMovingAverageThatCanBeSaved() {
        LossNormalizer normalizer = new LossNormalizer();
        assertEquals(100, normalizer.average(), 0);
        assertEquals(92, normalizer.update(20), 1e-12);
        assertEquals(0.9 * 92 + 0.1, normalizer.update(0), 1e-12, "none counts as one");
        LossNormalizer other = new LossNormalizer();
        other.restore(normalizer.average());
        assertEquals(normalizer.update(7), other.update(7), 0);
    }

    @Test
    void whatIsNotSelectedGetsNoGradientAndItsNormaliserIsUsed() {
        AnchorGrid grid = new AnchorGrid(ONE, 64, 64);
        RawOutputs outputs = outputs(grid, 2, 3, 11);
        Targets targets = targets(grid, 2, 3, 12);
        boolean[] every = new boolean[targets.labels().length];
        boolean[] odd = new boolean[targets.labels().length];
        Arrays.fill(every, true);
        for (int r = 1; r < odd.length; r += 2) {
            odd[r] = true;
        }
        Losses all = loss().evaluate(grid, outputs, targets, (g, t, o, l) -> new ExampleSelection.Selected(every, 10));
        Losses some = loss().evaluate(grid, outputs, targets, (g, t, o, l) -> {
            for (int r = 0; r < l.length; r++) {
                double expected = t.labels()[r] == Targets.IGNORED
                        ? 0
                        : FocalLoss.paper().evaluate(o.logits(), 3 * r, 3, t.labels()[r], new float[3 * l.length]);
                assertEquals(expected, l[r], 1e-6, "the strategy sees each anchor's loss");
            }
            return new ExampleSelection.Selected(odd, 10);
        });
        double classification = 0;
        int objects = (int) IntStream.range(0, odd.length)
                .filter(r -> odd[r] && targets.labels()[r] >= 0)
                .count();
        assertTrue(objects > 1 && objects < targets.positives());
        double boxes = (90 + 0.1 * targets.positives()) / (90 + 0.1 * objects);
        for (int r = 0; r < odd.length; r++) {
            for (int k = 3 * r; k < 3 * r + 3; k++) {
                assertEquals(
                        odd[r] ? all.gradients().logits()[k] : 0,
                        some.gradients().logits()[k],
                        0);
            }
            for (int i = 4 * r; i < 4 * r + 4; i++) {
                double expected = odd[r] ? boxes * all.gradients().offsets()[i] : 0;
                assertEquals(
                        expected,
                        some.gradients().offsets()[i],
                        1e-6 * Math.abs(expected),
                        "by the objects that count");
            }
            if (odd[r] && targets.labels()[r] != Targets.IGNORED) {
                classification += FocalLoss.paper()
                        .evaluate(outputs.logits(), 3 * r, 3, targets.labels()[r], new float[3 * odd.length]);
            }
        }
        assertEquals(classification / 10, some.classification(), 1e-6);
        for (int r = 0; r < odd.length; r++) {
            if (targets.labels()[r] == Targets.IGNORED) {
                assertEquals(0, all.gradients().logits()[3 * r], 0, "a selection cannot bring back what is ignored");
            }
        }
    }

    @Test
    void theClassWeightScalesTheClassLossAndItsGradientAlone() {
        AnchorGrid grid = new AnchorGrid(ONE, 64, 64);
        RawOutputs outputs = outputs(grid, 2, 3, 11);
        Targets targets = targets(grid, 2, 3, 12);
        Losses plain = loss().evaluate(grid, outputs, targets, ExampleSelection.ALL);
        DetectionLoss weighted = new DetectionLoss(FocalLoss.paper(), BOX, new DetectionLoss.Weights(4, 2, false));
        Losses heavy = weighted.evaluate(grid, outputs, targets, ExampleSelection.ALL);
        assertEquals(4 * plain.classification(), heavy.classification(), 0);
        assertEquals(plain.box(), heavy.box(), 0);
        assertArrayEquals(plain.byPicture(), heavy.byPicture(), 0);
        assertArrayEquals(plain.gradients().offsets(), heavy.gradients().offsets(), 0);
        for (int i = 0; i < plain.gradients().logits().length; i++) {
            assertEquals(4 * plain.gradients().logits()[i], heavy.gradients().logits()[i], 0);
        }
    }

    @Test
    void aGuidedClassLossHasTheValueOfTheBoxLoss() {
        AnchorGrid grid = new AnchorGrid(ONE, 64, 64);
        RawOutputs outputs = outputs(grid, 2, 3, 11);
        Targets targets = targets(grid, 2, 3, 12);
        for (double weight : new double[] {1, 3}) {
            DetectionLoss loss = new DetectionLoss(FocalLoss.paper(), BOX, new DetectionLoss.Weights(weight, 2, true));
            Losses losses = loss.evaluate(grid, outputs, targets, ExampleSelection.ALL);
            assertTrue(losses.box() > 0);
            assertEquals(weight * losses.box(), losses.classification(), 1e-12 * losses.box());
        }
    }

    /** The scale is a number for the gradient: the finite differences hold it as it is at the point. */
    @Test
    void gradientsOfAGuidedLossAreFiniteDifferencesWithTheScaleHeld() {
        AnchorGrid grid = new AnchorGrid(ONE, 32, 32);
        RawOutputs outputs = outputs(grid, 2, 2, 3);
        for (float[] array : List.of(outputs.logits(), outputs.offsets())) {
            for (int i = 0; i < array.length; i++) {
                array[i] = Math.round(1024 * array[i]) / 1024f;
            }
        }
        Targets targets = targets(grid, 2, 2, 5);
        BoxLoss giou = new BoxLoss.GeneralizedIou();
        DetectionLoss plain = new DetectionLoss(FocalLoss.paper(), giou, 3);
        plain.normalizer().restore(4);
        Losses here = plain.evaluate(grid, outputs, targets, ExampleSelection.ALL);
        double scale = here.box() / here.classification();
        assertTrue(scale > 1.1 || scale < 0.9, "the scale does something: " + scale);

        DetectionLoss guided = new DetectionLoss(FocalLoss.paper(), giou, new DetectionLoss.Weights(1, 3, true));
        guided.normalizer().restore(4);
        RawOutputs found =
                guided.evaluate(grid, outputs, targets, ExampleSelection.ALL).gradients();
        DetectionLoss held = new DetectionLoss(FocalLoss.paper(), giou, new DetectionLoss.Weights(scale, 3, false));
        compare(grid, outputs, targets, held, outputs.logits(), found.logits());
        compare(grid, outputs, targets, held, outputs.offsets(), found.offsets());
    }

    @Test
    void aGuidedLossKeepsItsValueInABatchWithoutObjects() {
        AnchorGrid grid = new AnchorGrid(ONE, 64, 64);
        RawOutputs outputs = outputs(grid, 1, 2, 9);
        DetectionLoss guided = new DetectionLoss(FocalLoss.paper(), BOX, new DetectionLoss.Weights(1, 2, true));
        Losses plain = loss().evaluate(grid, outputs, background(grid, 1), ExampleSelection.ALL);
        Losses losses = guided.evaluate(grid, outputs, background(grid, 1), ExampleSelection.ALL);
        assertTrue(plain.classification() > 0);
        assertEquals(plain.classification(), losses.classification(), 0);
        assertArrayEquals(plain.gradients().logits(), losses.gradients().logits(), 0);
    }

    @Test
    void theAverageGoesOnWhileASelectionHasItsOwnNormaliser() {
        AnchorGrid grid = new AnchorGrid(ONE, 32, 32);
        DetectionLoss loss = loss();
        Targets targets = targets(grid, 1, 1, 5);
        loss.evaluate(grid, outputs(grid, 1, 1, 1), targets, (g, t, o, l) -> new ExampleSelection.Selected(null, 3));
        assertEquals(
                90 + 0.1 * Math.max(1, targets.positives()), loss.normalizer().average(), 1e-9);
    }

    @Test
    void nothingIsLeftOverFromBatchesOfOtherSizes() {
        AnchorGrid small = new AnchorGrid(ONE, 32, 32);
        AnchorGrid large = new AnchorGrid(ONE, 64, 96);
        DetectionLoss loss = loss();
        loss.evaluate(large, outputs(large, 2, 3, 1), targets(large, 2, 3, 2), ExampleSelection.ALL);
        loss.evaluate(large, outputs(large, 2, 3, 3), targets(large, 2, 3, 4), ExampleSelection.ALL);
        loss.normalizer().restore(50);
        Losses used = loss.evaluate(small, outputs(small, 1, 2, 5), targets(small, 1, 2, 6), ExampleSelection.ALL);
        DetectionLoss fresh = loss();
        fresh.normalizer().restore(50);
        Losses anew = fresh.evaluate(small, outputs(small, 1, 2, 5), targets(small, 1, 2, 6), ExampleSelection.ALL);
        assertEquals(anew.total(), used.total(), 0);
        assertArrayEquals(anew.gradients().logits(), used.gradients().logits(), 0);
        assertArrayEquals(anew.gradients().offsets(), used.gradients().offsets(), 0);
    }

    @Test
    void boxGradientsOfABatchAreNotThoseOfTheBatchBefore() {
        AnchorGrid grid = new AnchorGrid(ONE, 64, 64);
        DetectionLoss loss = loss();
        Losses objects = loss.evaluate(grid, outputs(grid, 2, 3, 1), targets(grid, 2, 3, 2), ExampleSelection.ALL);
        assertTrue(IntStream.range(0, 8 * grid.size())
                .anyMatch(i -> objects.gradients().offsets()[i] != 0));
        Losses none = loss.evaluate(grid, outputs(grid, 2, 3, 1), background(grid, 2), ExampleSelection.ALL);
        assertArrayEquals(new float[8 * grid.size()], none.gradients().offsets(), 0);
    }

    /** One of batch, anchors and classes differs from the call before. */
    @Test
    void gradientsHaveTheShapeOfTheirOwnBatch() {
        AnchorGrid small = new AnchorGrid(ONE, 32, 32);
        AnchorGrid large = new AnchorGrid(ONE, 64, 64);
        DetectionLoss loss = loss();
        for (RawOutputs outputs : List.of(
                outputs(large, 2, 3, 1), outputs(large, 1, 3, 1), outputs(large, 1, 2, 1), outputs(small, 1, 2, 1))) {
            AnchorGrid grid = outputs.anchors() == large.size() ? large : small;
            RawOutputs gradients = loss.evaluate(grid, outputs, background(grid, outputs.batch()), ExampleSelection.ALL)
                    .gradients();
            assertEquals(outputs.batch(), gradients.batch());
            assertEquals(outputs.anchors(), gradients.anchors());
            assertEquals(outputs.classes(), gradients.classes());
        }
    }
}
