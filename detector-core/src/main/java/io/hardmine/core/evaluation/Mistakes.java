package io.hardmine.core.evaluation;

import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The worst mistakes; each list starts with the worst and has at most {@link #MOST} entries.
 *
 * @param falseAlarms the strongest detections where nothing is annotated; some may be objects that nobody annotated
 * @param confusions the strongest wrong detections on or near an object: of another class, misplaced or duplicate
 * @param missed objects that no detection at or above its class's threshold found. The object with the weakest
 *     detection comes first, of equals the largest
 */
public record Mistakes(List<Wrong> falseAlarms, List<Wrong> confusions, List<Missed> missed) {
    /** Largest length of a list. */
    public static final int MOST = 24;

    /** Copies the lists. */
    public Mistakes {
        falseAlarms = List.copyOf(falseAlarms);
        confusions = List.copyOf(confusions);
        missed = List.copyOf(missed);
    }

    /**
     * A wrong detection.
     *
     * @param picture where
     * @param detection what was shown
     * @param outcome why it is wrong
     * @param object the object that the detection is on or near; empty if nothing is annotated there
     */
    public record Wrong(Picture picture, Detection detection, Outcome outcome, Optional<Annotation> object) {}

    /**
     * An object that was not found.
     *
     * @param picture where
     * @param object what should have been found
     * @param tooWeak the detection that would have found the object with a lower threshold; empty if there is none
     */
    public record Missed(Picture picture, Annotation object, Optional<Detection> tooWeak) {
        private double score() {
            return tooWeak.map(Detection::score).orElse(0.0);
        }
    }

    static Mistakes of(List<JudgedPicture> judged, ScoreThresholds thresholds) {
        Comparator<Missed> worst = Comparator.comparingDouble(Missed::score)
                .thenComparing(
                        Comparator.comparingDouble((Missed m) -> m.object().area())
                                .reversed());
        return new Mistakes(
                strongest(judged, outcome -> outcome == Outcome.NOTHING),
                strongest(
                        judged,
                        outcome -> outcome == Outcome.WRONG_CLASS
                                || outcome == Outcome.MISPLACED
                                || outcome == Outcome.DUPLICATE),
                judged.stream()
                        .flatMap(picture -> missed(picture, thresholds).stream())
                        .sorted(worst)
                        .limit(MOST)
                        .toList());
    }

    private static List<Wrong> strongest(List<JudgedPicture> judged, Predicate<Outcome> kind) {
        return judged.stream()
                .flatMap(picture -> picture.verdicts().stream()
                        .filter(v -> kind.test(v.outcome()))
                        .limit(MOST)
                        .map(v -> wrong(picture.picture(), v)))
                .sorted((a, b) ->
                        Double.compare(b.detection().score(), a.detection().score()))
                .limit(MOST)
                .toList();
    }

    private static Wrong wrong(Picture picture, JudgedDetection verdict) {
        Optional<Annotation> object = verdict.annotation() < 0
                ? Optional.empty()
                : Optional.of(picture.annotations().get(verdict.annotation()));
        return new Wrong(picture, verdict.detection(), verdict.outcome(), object);
    }

    private static List<Missed> missed(JudgedPicture judged, ScoreThresholds thresholds) {
        Map<Integer, Detection> finders = new HashMap<>();
        judged.verdicts().stream()
                .filter(v -> v.outcome() == Outcome.FOUND)
                .forEach(v -> finders.put(v.annotation(), v.detection()));
        List<Annotation> annotations = judged.picture().annotations();
        List<Missed> missed = new ArrayList<>();
        for (int a = 0; a < annotations.size(); a++) {
            Annotation annotation = annotations.get(a);
            Optional<Detection> finder = Optional.ofNullable(finders.get(a));
            boolean shown =
                    finder.filter(d -> d.score() >= thresholds.of(d.category())).isPresent();
            if (annotation.isObject() && !shown) {
                missed.add(new Missed(judged.picture(), annotation, finder));
            }
        }
        return missed;
    }
}
