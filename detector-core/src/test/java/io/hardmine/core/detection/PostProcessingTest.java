package io.hardmine.core.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.BoxCoder;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RawOutputs;
import io.hardmine.datasets.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PostProcessingTest {
    private static final AnchorGrid GRID = new AnchorGrid(AnchorShapes.paper(), 64, 96);
    private static final ImageTransform PLACEMENT = new ImageTransform(100, 70, 88, 61, 0, 0, false, false);

    private static RawOutputs outputs(Random random) {
        RawOutputs outputs = RawOutputs.zeros(2, GRID.size(), 3);
        for (int i = 0; i < outputs.logits().length; i++) {
            outputs.logits()[i] = (float) (3 * random.nextGaussian() - 4);
        }
        for (int i = 0; i < outputs.offsets().length; i++) {
            outputs.offsets()[i] = (float) (0.4 * random.nextGaussian());
        }
        return outputs;
    }

    /** All candidates as objects, sorted and suppressed by the definition. */
    private static List<Detection> bruteForce(PostProcessing decoding, RawOutputs outputs, int picture) {
        List<Detection> all = new ArrayList<>();
        for (int level = 0; level < Architecture.LEVELS; level++) {
            List<Detection> ofLevel = new ArrayList<>();
            for (int n = GRID.start(level); n < GRID.start(level + 1); n++) {
                if (GRID.boxes()[4 * n] >= 88 || GRID.boxes()[4 * n + 1] >= 61) {
                    continue;
                }
                double[] c = new double[4];
                BoxCoder.decode(GRID.boxes(), n, outputs.offsets(), 4 * (picture * GRID.size() + n), c);
                Box box = Box.ofCorners(c[0], c[1], c[2], c[3])
                        .scale(100 / 88.0, 70 / 61.0)
                        .clip(100, 70);
                for (int k = 0; k < 3; k++) {
                    double logit = outputs.logits()[(picture * GRID.size() + n) * 3 + k];
                    double score = 1 / (1 + Math.exp(-logit));
                    if (score > decoding.scoreFloor()) {
                        ofLevel.add(new Detection(box, k, score));
                    }
                }
            }
            ofLevel.sort(Comparator.comparingDouble(Detection::score).reversed());
            all.addAll(ofLevel.subList(0, Math.min(decoding.candidates(), ofLevel.size())));
        }
        all.removeIf(d -> d.box().isEmpty());
        all.sort(Comparator.comparingDouble(Detection::score).reversed());
        List<Detection> kept = new ArrayList<>();
        for (Detection d : all) {
            boolean suppressed = kept.stream()
                    .anyMatch(k -> k.category() == d.category() && k.box().iou(d.box()) > decoding.suppressionIou());
            if (!suppressed && kept.size() < decoding.detections()) {
                kept.add(d);
            }
        }
        return kept;
    }

    @Property(tries = 40)
    void agreesWithTheDefinition(@ForAll long seed) {
        RawOutputs outputs = outputs(new Random(seed));
        for (PostProcessing decoding : List.of(
                PostProcessing.paper(), PostProcessing.paper().measuring(), new PostProcessing(0.3, 7, 0.2, 5))) {
            for (int picture = 0; picture < 2; picture++) {
                List<Detection> expected = bruteForce(decoding, outputs, picture);
                List<Detection> actual = decoding.decode(GRID, outputs, picture, PLACEMENT);
                assertEquals(expected.size(), actual.size());
                for (int i = 0; i < expected.size(); i++) {
                    assertEquals(expected.get(i).category(), actual.get(i).category());
                    assertEquals(expected.get(i).score(), actual.get(i).score(), 1e-9);
                    assertTrue(expected.get(i).box().iou(actual.get(i).box()) > 1 - 1e-6);
                }
            }
        }
    }

    /** Two boxes of 32 x 32 pixels that lie 8 pixels apart share 24 columns: IoU 24 / 40 = 0.6, not over 0.6. */
    @Test
    void measuringSuppressesAsTheDetectorDoes() {
        assertEquals(
                new PostProcessing(0.001, 1000, 0.5, 300),
                PostProcessing.paper().measuring());
        assertEquals(
                new PostProcessing(0.001, 1000, 0.6, 300), PostProcessing.atss().measuring());
        AnchorGrid grid = new AnchorGrid(AnchorShapes.one(), 64, 64);
        RawOutputs outputs = RawOutputs.zeros(1, grid.size(), 1);
        java.util.Arrays.fill(outputs.logits(), -20);
        outputs.logits()[3 * grid.columns(0) + 3] = 2;
        outputs.logits()[3 * grid.columns(0) + 4] = 1;
        ImageTransform whole = new ImageTransform(64, 64, 64, 64, 0, 0, false, false);
        assertEquals(1, PostProcessing.paper().decode(grid, outputs, 0, whole).size());
        assertEquals(2, PostProcessing.atss().decode(grid, outputs, 0, whole).size());
    }

    @Test
    void nothingOverTheFloorIsNothingFound() {
        RawOutputs outputs = RawOutputs.zeros(1, GRID.size(), 3);
        java.util.Arrays.fill(outputs.logits(), -20);
        assertEquals(List.of(), PostProcessing.paper().measuring().decode(GRID, outputs, 0, PLACEMENT));
    }

    @Property
    void placementIsUndoneByItsInverse(@ForAll long seed) {
        Random random = new Random(seed);
        ImageTransform transform = new ImageTransform(
                1 + random.nextInt(900),
                1 + random.nextInt(900),
                1 + random.nextInt(500),
                1 + random.nextInt(500),
                random.nextInt(200) - 100,
                random.nextInt(200) - 100,
                random.nextBoolean(),
                random.nextBoolean());
        Box box = new Box(
                900 * random.nextDouble(),
                900 * random.nextDouble(),
                1 + 300 * random.nextDouble(),
                1 + 300 * random.nextDouble());
        Box back = transform.toPicture(transform.toInput(box));
        assertEquals(box.x(), back.x(), 1e-6);
        assertEquals(box.y(), back.y(), 1e-6);
        assertEquals(box.width(), back.width(), 1e-6);
        assertEquals(box.height(), back.height(), 1e-6);
    }
}
