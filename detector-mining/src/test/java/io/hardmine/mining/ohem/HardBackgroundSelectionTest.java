package io.hardmine.mining.ohem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.Targets;
import io.hardmine.core.loss.BoxLoss;
import io.hardmine.core.loss.ClassLoss;
import io.hardmine.core.loss.DetectionLoss;
import io.hardmine.core.loss.ExampleSelection;
import io.hardmine.core.loss.Losses;
import io.hardmine.core.network.RawOutputs;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HardBackgroundSelectionTest {
    /** 64 × 64 pixels, one square anchor of half a cell's side in each place: 85 anchors in the picture that do not overlap. */
    private static final AnchorGrid GRID = new AnchorGrid(new AnchorShapes(0.5, List.of(1.0), List.of(1.0)), 64, 64);

    private static final RawOutputs NOTHING = RawOutputs.zeros(1, GRID.size(), 1);

    private static HardBackgroundSelection selection(double burnIn, int pool, long seed) {
        return new HardBackgroundSelection(new HardBackgroundSelection.Settings(3, 0.7, burnIn, pool), seed);
    }

    /** The first {@code objects} anchors stand for an object; anchor 63 is ignored. */
    private static Targets targets(int objects) {
        int[] labels = new int[GRID.size()];
        int[] owners = new int[GRID.size()];
        Arrays.fill(labels, Targets.BACKGROUND);
        Arrays.fill(owners, -1);
        for (int i = 0; i < objects; i++) {
            labels[i] = 0;
            owners[i] = 0;
        }
        labels[63] = Targets.IGNORED;
        return new Targets(1, GRID.size(), labels, owners, new float[4 * GRID.size()], objects);
    }

    /** Of the anchors of P3 the later ones are harder; the others cost next to nothing. */
    private static float[] losses() {
        float[] losses = new float[GRID.size()];
        Arrays.fill(losses, 1e-3f);
        for (int i = 0; i < 64; i++) {
            losses[i] = 1 + i;
        }
        losses[63] = 0;
        return losses;
    }

    private static int[] chosen(ExampleSelection selection, Targets targets) {
        boolean[] counts = selection.select(GRID, targets, NOTHING, losses()).counts();
        return IntStream.range(0, counts.length).filter(i -> counts[i]).toArray();
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    @Test
    void allObjectsCountThoughEasyAndThreeOfTheHardestBackgroundForEach() {
        int[] expected = IntStream.concat(IntStream.range(0, 7), IntStream.range(63 - 21, 63))
                .toArray();
        assertArrayEquals(expected, chosen(selection(0, 0, 1), targets(7)));
        assertEquals(
                0,
                selection(0, 0, 1).select(GRID, targets(7), NOTHING, losses()).normalizer(),
                "divided by the average of the objects");
    }

    @Test
    void aPictureWithoutObjectsHasSixteenMistakesToLearnFrom() {
        assertArrayEquals(range(63 - 16, 63), chosen(selection(0, 0, 1), targets(0)));
    }

    /** Anchors of four cells' sides: two side by side overlap with an IoU of 24 / 40 = 0.6. */
    @Test
    void backgroundThatOverlapsHarderBackgroundIsTheSameMistake() {
        AnchorGrid wide = new AnchorGrid(new AnchorShapes(4, List.of(1.0), List.of(1.0)), 64, 64);
        HardBackgroundSelection strict =
                new HardBackgroundSelection(new HardBackgroundSelection.Settings(3, 0.59, 0, 0), 1);
        float[] losses = losses();
        boolean[] counts = strict.select(wide, targets(0), NOTHING, losses).counts();
        assertTrue(counts[62], "the hardest");
        assertFalse(counts[61], "beside it");
        assertTrue(counts[60], "two cells from it");
        boolean[] loose =
                selection(0, 0, 1).select(wide, targets(0), NOTHING, losses).counts();
        assertTrue(loose[61]);
    }

    @Test
    void everyAnchorCountsDuringTheBurnIn() {
        HardBackgroundSelection selection = selection(0.15, 0, 1);
        assertSame(ExampleSelection.ALL, selection.at(0, 100));
        assertSame(ExampleSelection.ALL, selection.at(14, 100));
        assertArrayEquals(range(63 - 16, 63), chosen(selection.at(15, 100), targets(0)));
        assertArrayEquals(range(63 - 16, 63), chosen(selection(0, 0, 1).at(0, 100), targets(0)));
    }

    @Test
    void aPoolIsDrawnFromAnewInEachStepAndTheSameForTheSameSeedAndStep() {
        int[] first = chosen(selection(0, 2, 1).at(5, 100), targets(0));
        assertEquals(16, first.length);
        assertTrue(Arrays.stream(first).allMatch(i -> i >= 63 - 32 && i < 63), "of the hardest 32");
        assertFalse(Arrays.equals(range(63 - 16, 63), first), "not the hardest 16");
        HardBackgroundSelection used = selection(0, 2, 1);
        chosen(used.at(4, 100), targets(3));
        assertArrayEquals(first, chosen(used.at(5, 100), targets(0)), "no trace of other steps");
        assertFalse(Arrays.equals(first, chosen(used.at(6, 100), targets(0))));
        assertFalse(Arrays.equals(first, chosen(selection(0, 2, 2).at(5, 100), targets(0))));
        boolean[] drawn = new boolean[64];
        for (int step = 0; step < 60; step++) {
            Arrays.stream(chosen(used.at(step, 60), targets(0))).forEach(i -> drawn[i] = true);
        }
        for (int i = 31; i < 63; i++) {
            assertTrue(drawn[i], "anchor " + i + " is drawn at times");
        }
    }

    @Test
    void theRestGetsNoGradientAndObjectsAllLearnTheirBox() {
        RawOutputs outputs = RawOutputs.zeros(1, GRID.size(), 1);
        for (int i = 0; i < GRID.size(); i++) {
            outputs.logits()[i] = i / 100f;
        }
        Arrays.fill(outputs.offsets(), 0.5f);
        DetectionLoss loss = new DetectionLoss(new ClassLoss.CrossEntropy(), new BoxLoss.SmoothL1(0.1), 1);
        loss.normalizer().restore(5);
        Losses losses = loss.evaluate(GRID, outputs, targets(5), selection(0, 0, 1));
        int classes = 0;
        int boxes = 0;
        for (int i = 0; i < GRID.size(); i++) {
            classes += losses.gradients().logits()[i] != 0 ? 1 : 0;
            boxes += losses.gradients().offsets()[4 * i] != 0 ? 1 : 0;
        }
        assertEquals(5 + 16, classes);
        assertEquals(5, boxes);
        assertEquals(5 * 4 * (0.5 - 0.05) / 5, losses.box(), 1e-6);
        assertEquals(losses.byPicture()[0] / 5, losses.classification(), 1e-9);
    }

    @Test
    void settingsThatSelectNothingAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new HardBackgroundSelection.Settings(0, 0.7, 0.1, 0));
        assertThrows(IllegalArgumentException.class, () -> new HardBackgroundSelection.Settings(3, 0, 0.1, 0));
        assertThrows(IllegalArgumentException.class, () -> new HardBackgroundSelection.Settings(3, 0.7, 1.1, 0));
        assertThrows(IllegalArgumentException.class, () -> new HardBackgroundSelection.Settings(3, 0.7, 0.1, -1));
    }
}
