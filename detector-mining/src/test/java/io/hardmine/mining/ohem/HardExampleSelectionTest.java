package io.hardmine.mining.ohem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.anchor.IouMatcher;
import io.hardmine.core.anchor.Targets;
import io.hardmine.core.loss.BoxLoss;
import io.hardmine.core.loss.ClassLoss;
import io.hardmine.core.loss.DetectionLoss;
import io.hardmine.core.loss.ExampleSelection;
import io.hardmine.core.loss.Losses;
import io.hardmine.core.network.RawOutputs;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HardExampleSelectionTest {
    private static final AnchorGrid GRID =
            new AnchorGrid(new AnchorShapes(2, List.of(0.5, 1.0, 2.0), List.of(1.0, 1.3)), 64, 96);
    private static final int CLASSES = 2;

    /** A batch of two with random objects, ignored regions, and losses of which many are equal. */
    private record Batch(Targets targets, RawOutputs outputs, float[] losses) {}

    private static Batch batch(long seed, boolean objects) {
        Random random = new Random(seed);
        List<GroundTruth> groundTruths = new ArrayList<>();
        for (int b = 0; b < 2; b++) {
            List<Annotation> annotations = new ArrayList<>();
            for (int o = 0; objects && o < random.nextInt(5); o++) {
                Box box = new Box(
                        60 * random.nextDouble(),
                        40 * random.nextDouble(),
                        8 + 25 * random.nextDouble(),
                        8 + 15 * random.nextDouble());
                Annotation object = Annotation.of(box, random.nextInt(CLASSES));
                annotations.add(random.nextInt(5) == 0 ? object.asIgnored() : object);
            }
            groundTruths.add(new GroundTruth(annotations, new Box(0, 0, 96, 60)));
        }
        Targets targets = IouMatcher.paper().match(GRID, groundTruths);
        RawOutputs outputs = RawOutputs.zeros(2, GRID.size(), CLASSES);
        for (int i = 0; i < outputs.logits().length; i++) {
            outputs.logits()[i] = (float) (2 * random.nextGaussian() - 2);
        }
        float[] losses = new float[targets.labels().length];
        int kinds = 1 + random.nextInt(200);
        for (int i = 0; i < losses.length; i++) {
            boolean takesPart = targets.labels()[i] != Targets.IGNORED;
            losses[i] = takesPart ? (float) Math.pow(random.nextInt(kinds) / 50.0, 3) : 0;
        }
        return new Batch(targets, outputs, losses);
    }

    private static Box anchor(int n) {
        float[] b = GRID.boxes();
        return new Box(b[4 * n] - b[4 * n + 2] / 2, b[4 * n + 1] - b[4 * n + 3] / 2, b[4 * n + 2], b[4 * n + 3]);
    }

    /** The definition: sort all, keep what no kept one of its kind overlaps. */
    private static List<Integer> plain(Batch batch, int picture, double iou, int limit, List<Integer> candidates) {
        int first = picture * GRID.size();
        List<Integer> order = new ArrayList<>(candidates);
        order.sort((a, b) -> {
            int byLoss = Float.compare(batch.losses()[first + b], batch.losses()[first + a]);
            return byLoss != 0 ? byLoss : Integer.compare(a, b);
        });
        List<Integer> kept = new ArrayList<>();
        for (int a : order) {
            boolean suppressed = kept.stream()
                    .anyMatch(k -> batch.targets().objects()[first + k]
                                    == batch.targets().objects()[first + a]
                            && anchor(k).iou(anchor(a)) > iou);
            if (!suppressed && kept.size() < limit) {
                kept.add(a);
            }
        }
        return kept;
    }

    private static boolean[] reference(Batch batch, OhemSettings settings) {
        boolean[] counts = new boolean[batch.losses().length];
        for (int b = 0; b < 2; b++) {
            int first = b * GRID.size();
            int[] labels = batch.targets().labels();
            List<Integer> objects = IntStream.range(0, GRID.size())
                    .filter(a -> labels[first + a] >= 0)
                    .boxed()
                    .toList();
            List<Integer> background = IntStream.range(0, GRID.size())
                    .filter(a -> labels[first + a] == Targets.BACKGROUND)
                    .boxed()
                    .toList();
            List<Integer> chosen = new ArrayList<>();
            if (settings.backgroundPerObject() == 0) {
                List<Integer> both = new ArrayList<>(objects);
                both.addAll(background);
                chosen.addAll(plain(batch, b, settings.suppressionIou(), settings.hardest(), both));
            } else {
                int ratio = settings.backgroundPerObject();
                int most = Math.max(1, settings.hardest() / (1 + ratio));
                chosen.addAll(plain(batch, b, settings.suppressionIou(), most, objects));
                int room = Math.min(ratio * Math.max(1, chosen.size()), settings.hardest() - chosen.size());
                chosen.addAll(plain(batch, b, settings.suppressionIou(), room, background));
            }
            chosen.forEach(a -> counts[first + a] = true);
        }
        return counts;
    }

    private static int count(boolean[] marks) {
        return (int) IntStream.range(0, marks.length).filter(i -> marks[i]).count();
    }

    @Property(tries = 150)
    void selectsWhatTheDefinitionSelects(
            @ForAll long seed,
            @ForAll boolean objects,
            @ForAll @IntRange(min = 1, max = 300) int hardest,
            @ForAll @IntRange(max = 3) int ratio,
            @ForAll @IntRange(min = 1, max = 10) int tenthsOfIou) {
        Batch batch = batch(seed, objects);
        OhemSettings settings = new OhemSettings(hardest, tenthsOfIou / 10.0 - 0.013, ratio);
        ExampleSelection.Selected selected =
                new HardExampleSelection(settings).select(GRID, batch.targets(), batch.outputs(), batch.losses());
        boolean[] expected = reference(batch, settings);
        assertArrayEquals(expected, selected.counts());
        assertEquals(Math.max(1, count(expected)), selected.normalizer());
    }

    @Property(tries = 30)
    void whatWasSelectedBeforeLeavesNoTrace(@ForAll long seed) {
        HardExampleSelection used = new HardExampleSelection(OhemSettings.oneToThree(40));
        Batch other = batch(seed + 1, true);
        used.select(GRID, other.targets(), other.outputs(), other.losses());
        Batch batch = batch(seed, true);
        assertArrayEquals(
                reference(batch, OhemSettings.oneToThree(40)),
                used.select(GRID, batch.targets(), batch.outputs(), batch.losses())
                        .counts());
    }

    @Test
    void theRestGetsNoGradientAndTheLossIsDividedByTheSelected() {
        Batch batch = batch(8, true);
        for (ClassLoss loss : List.of(
                new ClassLoss.CrossEntropy(), new ClassLoss.BalancedCrossEntropy(0.75), ClassLoss.FocalLoss.paper())) {
            boolean[] counts = new boolean[batch.losses().length];
            HardExampleSelection ohem = new HardExampleSelection(OhemSettings.of(16));
            DetectionLoss detection = new DetectionLoss(loss, new BoxLoss.SmoothL1(0.1), 1);
            Losses losses = detection.evaluate(GRID, batch.outputs(), batch.targets(), (g, t, o, l) -> {
                ExampleSelection.Selected selected = ohem.select(g, t, o, l);
                System.arraycopy(selected.counts(), 0, counts, 0, counts.length);
                return selected;
            });
            double sum = 0;
            float[] scratch = new float[batch.outputs().logits().length];
            for (int i = 0; i < counts.length; i++) {
                int label = batch.targets().labels()[i];
                double own = label == Targets.IGNORED
                        ? 0
                        : loss.evaluate(batch.outputs().logits(), i * CLASSES, CLASSES, label, scratch);
                sum += counts[i] ? own : 0;
                for (int k = 0; k < CLASSES; k++) {
                    float gradient = losses.gradients().logits()[i * CLASSES + k];
                    assertEquals(counts[i], gradient != 0, "anchor " + i);
                }
                for (int k = 0; k < 4; k++) {
                    boolean none = !counts[i] || label < 0;
                    assertTrue(!none || losses.gradients().offsets()[4 * i + k] == 0);
                }
            }
            assertEquals(sum / count(counts), losses.classification(), 1e-5);
        }
    }

    @Test
    void settingsThatSelectNothingAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> OhemSettings.of(0));
        assertThrows(IllegalArgumentException.class, () -> new OhemSettings(8, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new OhemSettings(8, 0.7, -1));
    }
}
