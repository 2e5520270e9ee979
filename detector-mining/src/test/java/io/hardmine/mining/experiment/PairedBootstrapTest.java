package io.hardmine.mining.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.detection.Detection;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.evaluation.WeightedEvaluation;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
    private static final Box OBJECT = new Box(0, 0, 10, 10);
    private static final Box ELSEWHERE = new Box(50, 50, 10, 10);
    private static final PairedBootstrap BOOTSTRAP = new PairedBootstrap(1000, 1);

    /** Pictures with one object each, and detections in them. */
    @SafeVarargs
    private static PairedBootstrap.Scores scores(List<Detection>... pictures) {
        List<Picture> annotated = new ArrayList<>();
        Map<Long, List<Detection>> found = new HashMap<>();
        for (int p = 0; p < pictures.length; p++) {
            annotated.add(new Picture(p, p + ".png", Path.of(p + ".png"), 100, 100, List.of(Annotation.of(OBJECT, 0))));
            found.put((long) p, pictures[p]);
        }
        Dataset dataset = new Dataset("small", List.of(new Category(1, "cat")), annotated);
        return BOOTSTRAP.scores(WeightedEvaluation.of(dataset, PictureDetections.of(found)));
    }

    private static Detection right(double score) {
        return new Detection(OBJECT, 0, score);
    }

    private static Detection wrong(double score) {
        return new Detection(ELSEWHERE, 0, score);
    }

    private static Comparison compare(List<PairedBootstrap.Scores> arm, List<PairedBootstrap.Scores> reference) {
        return PairedBootstrap.compare("arm", arm, "reference", reference, Measure.ALARMS_AT_80);
    }

    /**
     * Two pictures give three draws: the first twice (one in four), both, the second twice. The reference has a false alarm
     * in the second picture only, above all else: 0, 1/2 and 1 a picture. The arm has none.
     */
    @Test
    void twoPicturesWorkedByHand() {
        Comparison sometimes = compare(
                List.of(scores(List.of(right(0.9)), List.of(right(0.8)))),
                List.of(scores(List.of(right(0.9)), List.of(wrong(0.95), right(0.8)))));
        assertEquals(new Interval(-0.5, -1, 0), sometimes.difference());
        assertEquals(new Interval(-1, -1, 0), sometimes.change());
        assertFalse(sometimes.isDistinguishable());
        assertTrue(sometimes.isBetter());
    }

    @Test
    void whatHoldsInEveryPictureExcludesZero() {
        Comparison always = compare(
                List.of(scores(List.of(right(0.9), wrong(0.95)), List.of(right(0.8), wrong(0.95)))),
                List.of(scores(
                        List.of(wrong(0.95), wrong(0.94), right(0.9)), List.of(wrong(0.95), wrong(0.94), right(0.8)))));
        assertEquals(new Interval(-1, -1, -1), always.difference());
        assertEquals(new Interval(-0.5, -0.5, -0.5), always.change());
        assertTrue(always.isDistinguishable());
    }

    /** Seeds are averaged before they are compared: 2 and 0 alarms are 1, as the reference has. */
    @Test
    void seedsAreAveraged() {
        List<Detection> none = List.of(right(0.5));
        List<Detection> one = List.of(wrong(0.9), right(0.5));
        List<Detection> two = List.of(wrong(0.9), wrong(0.8), right(0.5));
        Comparison same = compare(List.of(scores(two), scores(none)), List.of(scores(one), scores(one)));
        assertEquals(new Interval(0, 0, 0), same.difference());
    }

    /** The second picture's object is missed: with it drawn once or twice recall 0.8 is not reached. */
    @Test
    void aRecallThatIsNotReachedIsInfinitelyWorse() {
        List<PairedBootstrap.Scores> misses = List.of(scores(List.of(right(0.9)), List.of()));
        List<PairedBootstrap.Scores> finds = List.of(scores(List.of(right(0.9)), List.of(right(0.8))));
        double infinity = Double.POSITIVE_INFINITY;
        assertEquals(new Interval(infinity, 0, infinity), compare(misses, finds).difference());
        assertEquals(
                new Interval(-infinity, -infinity, 0), compare(finds, misses).difference());
        assertEquals(new Interval(-1, -1, 0), compare(finds, misses).change());
        assertEquals(new Interval(0, 0, 0), compare(misses, misses).difference());
    }

    /** Random pictures and detections. */
    private static PairedBootstrap.Scores random(long seed, int pictures) {
        Random random = new Random(seed);
        @SuppressWarnings("unchecked")
        List<Detection>[] found = IntStream.range(0, pictures)
                .mapToObj(p -> random.ints(random.nextInt(5), 0, 3)
                        .mapToObj(kind -> kind == 0 ? right(random.nextDouble()) : wrong(random.nextDouble()))
                        .toList())
                .toArray(List[]::new);
        return scores(found);
    }

    @Test
    void anArmAgainstItselfIsExactlyZeroAndTheOtherWayRoundIsTheMirror() {
        for (long seed = 0; seed < 10; seed++) {
            List<PairedBootstrap.Scores> a = List.of(random(seed, 20), random(seed + 100, 20));
            List<PairedBootstrap.Scores> b = List.of(random(seed + 200, 20), random(seed + 300, 20));
            for (Measure measure : PairedBootstrap.MEASURES) {
                Comparison same = PairedBootstrap.compare("a", a, "a", a, measure);
                assertEquals(new Interval(0, 0, 0), same.difference());
                assertEquals(new Interval(0, 0, 0), same.change());
                assertFalse(same.isDistinguishable());
                Interval there =
                        PairedBootstrap.compare("a", a, "b", b, measure).difference();
                Interval back = PairedBootstrap.compare("b", b, "a", a, measure).difference();
                assertEquals(there.low(), 0 - back.high());
                assertEquals(there.high(), 0 - back.low());
                assertTrue(there.low() <= there.high());
            }
        }
    }

    @Test
    void theDrawsFollowFromTheSeedAndAreThoseOfEveryRun() {
        PairedBootstrap.Scores run = random(7, 30);
        PairedBootstrap.Scores again = random(7, 30);
        assertArrayEquals(run.resampled().get(Measure.AP50), again.resampled().get(Measure.AP50));
        assertTrue(IntStream.range(0, 1000)
                        .mapToDouble(d -> run.resampled().get(Measure.AP50)[d])
                        .distinct()
                        .count()
                > 100);
    }

    /** The 25th of 1000 from either end. */
    @Test
    void theIntervalIsThePercentiles() {
        double[] numbers =
                IntStream.rangeClosed(1, 1000).mapToDouble(i -> 1001 - i).toArray();
        assertEquals(new Interval(7, 25, 976), Interval.of(7, numbers));
        assertThrows(IllegalArgumentException.class, () -> Interval.of(0, new double[38]));
    }
}
