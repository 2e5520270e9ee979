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
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
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
        Map<Detection, List<Detection>> voters = new IdentityHashMap<>();
        for (Detection d : all) {
            if (kept.size() == decoding.detections()) {
                break;
            }
            Optional<Detection> suppressor = kept.stream()
                    .filter(k -> k.category() == d.category() && k.box().iou(d.box()) > decoding.suppressionIou())
                    .findFirst();
            if (suppressor.isEmpty()) {
                kept.add(d);
            }
            voters.computeIfAbsent(suppressor.orElse(d), k -> new ArrayList<>()).add(d);
        }
        return decoding.voting()
                ? kept.stream().map(d -> voted(d, voters.get(d))).toList()
                : kept;
    }

    /** Each coordinate as a mean of its own. */
    private static Detection voted(Detection kept, List<Detection> voters) {
        Box mean = Box.ofCorners(
                mean(voters, Box::x, kept.box()),
                mean(voters, Box::y, kept.box()),
                mean(voters, Box::right, kept.box()),
                mean(voters, Box::bottom, kept.box()));
        return new Detection(mean, kept.category(), kept.score());
    }

    private static double mean(List<Detection> voters, ToDoubleFunction<Box> coordinate, Box kept) {
        ToDoubleFunction<Detection> weight =
                d -> d.score() * Math.exp(-Math.pow(1 - d.box().iou(kept), 2) / 0.025);
        return voters.stream()
                        .mapToDouble(d -> weight.applyAsDouble(d) * coordinate.applyAsDouble(d.box()))
                        .sum()
                / voters.stream().mapToDouble(weight).sum();
    }

    @Property(tries = 40)
    void agreesWithTheDefinition(@ForAll long seed) {
        RawOutputs outputs = outputs(new Random(seed));
        for (PostProcessing decoding : List.of(
                PostProcessing.paper(),
                PostProcessing.paper().measuring(),
                new PostProcessing(0.3, 7, 0.2, false, 5),
                PostProcessing.atss().measuring(),
                new PostProcessing(0.02, 300, 0.1, true, 20))) {
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

    private static final AnchorGrid SQUARES = new AnchorGrid(AnchorShapes.one(), 64, 64);
    private static final ImageTransform WHOLE = new ImageTransform(64, 64, 64, 64, 0, 0, false, false);

    /** Two boxes of 32 x 32 pixels that lie 8 pixels apart; the left one has the higher score. */
    private static RawOutputs neighbors(float left, float right) {
        RawOutputs outputs = RawOutputs.zeros(1, SQUARES.size(), 1);
        Arrays.fill(outputs.logits(), Float.NEGATIVE_INFINITY);
        outputs.logits()[3 * SQUARES.columns(0) + 3] = left;
        outputs.logits()[3 * SQUARES.columns(0) + 4] = right;
        return outputs;
    }

    /** They share 24 columns: IoU 24 / 40 = 0.6, not over 0.6. */
    @Test
    void measuringSuppressesAndVotesAsTheDetectorDoes() {
        assertEquals(
                new PostProcessing(0.001, 1000, 0.5, false, 300),
                PostProcessing.paper().measuring());
        assertEquals(
                new PostProcessing(0.001, 1000, 0.6, true, 300),
                PostProcessing.atss().measuring());
        RawOutputs outputs = neighbors(2, 1);
        assertEquals(
                1, PostProcessing.paper().decode(SQUARES, outputs, 0, WHOLE).size());
        assertEquals(2, PostProcessing.atss().decode(SQUARES, outputs, 0, WHOLE).size());
    }

    /**
     * Scores 0.880797 and 0.731059, IoU 0.6: the weights are 0.880797 and 0.731059 · exp(−0.16 / 0.025) = 0.00121470, so
     * the box moves by 8 · 0.00121470 / 0.88201170 = 0.0110176 pixels towards its neighbor.
     */
    @Test
    void theBoxIsTheWeightedMeanOfItsVoters() {
        RawOutputs outputs = neighbors(2, 1);
        List<Detection> found = new PostProcessing(0.05, 1000, 0.5, true, 100).decode(SQUARES, outputs, 0, WHOLE);
        assertEquals(1, found.size());
        assertEquals(0.880797, found.get(0).score(), 1e-6);
        Box box = found.get(0).box();
        assertEquals(12.0110176, box.x(), 1e-6);
        assertEquals(12, box.y(), 1e-9);
        assertEquals(32, box.width(), 1e-9);
        assertEquals(32, box.height(), 1e-9);
        Box alone = new PostProcessing(0.05, 1000, 0.5, false, 100)
                .decode(SQUARES, outputs, 0, WHOLE)
                .get(0)
                .box();
        assertEquals(new Box(12, 12, 32, 32), alone, "without voting it stays");
    }

    /** A logit of -800 is a score of 0 in double precision, so no candidate has a weight. */
    @Test
    void boxesStayWhenNoVoterHasAWeight() {
        List<Detection> found =
                new PostProcessing(0, 1000, 0.5, true, 100).decode(SQUARES, neighbors(-800, -900), 0, WHOLE);
        assertEquals(List.of(new Detection(new Box(12, 12, 32, 32), 0, 0)), found);
    }

    @Test
    void nothingOverTheFloorIsNothingFound() {
        RawOutputs outputs = RawOutputs.zeros(1, GRID.size(), 3);
        Arrays.fill(outputs.logits(), -20);
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
