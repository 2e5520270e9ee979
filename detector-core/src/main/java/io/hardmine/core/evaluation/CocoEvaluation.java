package io.hardmine.core.evaluation;

import io.hardmine.core.detection.Detection;
import io.hardmine.core.evaluation.CocoMatch.AreaRange;
import io.hardmine.core.evaluation.CocoScores.ClassScores;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * COCO's average precision and recall of boxes, number for number as its reference evaluator (pycocotools' COCOeval)
 * computes them: ten IoU thresholds, 101 recall points, sizes by annotated area, at most 1, 10 and 100 detections per
 * picture and class. Crowd regions take any number of detections without penalty; an annotation's {@code ignore} and
 * {@code difficult} flags play no part, since the reference overwrites the one by the crowd flag and does not know the
 * other. Equal scores keep the order of picture ids and, within a picture, of the detections.
 *
 * @see <a href="https://cocodataset.org/#detection-eval">COCO, detection evaluation</a>
 */
public final class CocoEvaluation {
    static final int MOST_DETECTIONS = 100;
    static final double[] IOU_THRESHOLDS = linspace(0.5, 0.95, 10);
    static final double[] RECALLS = linspace(0, 1, 101);
    static final int IOU_50 = 0;
    private static final int IOU_75 = 5;
    private static final double UNDEFINED = -1;

    private CocoEvaluation() {}

    /**
     * Scores detections against a data set's annotations. Work is spread over the common pool; the result does not
     * depend on it.
     *
     * @throws IllegalArgumentException on detections for pictures or class indices that the data set does not have
     */
    public static CocoScores evaluate(Dataset dataset, PictureDetections detections) {
        detections.requireWithin(dataset);
        int classes = dataset.categories().size();
        List<CocoMatch[]> pictures =
                dataset.pictures().stream().sorted(Comparator.comparingLong(Picture::id)).toList().parallelStream()
                        .map(picture -> matches(picture, detections.in(picture.id()), classes))
                        .toList();
        List<ClassResult> results = IntStream.range(0, classes)
                .parallel()
                .mapToObj(c -> ClassResult.of(pictures.stream()
                        .map(picture -> picture[c])
                        .filter(Objects::nonNull)
                        .toList()))
                .toList();
        Map<String, ClassScores> perClass = new LinkedHashMap<>();
        for (int c = 0; c < classes; c++) {
            ClassResult result = results.get(c);
            perClass.put(
                    dataset.categories().get(c).name(),
                    new ClassScores(
                            defined(Arrays.stream(result.precision(AreaRange.ALL))),
                            result.precision(AreaRange.ALL)[IOU_50]));
        }
        return new CocoScores(
                precision(results, AreaRange.ALL),
                mean(results, r -> r.precision(AreaRange.ALL)[IOU_50]),
                mean(results, r -> r.precision(AreaRange.ALL)[IOU_75]),
                precision(results, AreaRange.SMALL),
                precision(results, AreaRange.MEDIUM),
                precision(results, AreaRange.LARGE),
                recall(results, AreaRange.ALL, 1),
                recall(results, AreaRange.ALL, 10),
                recall(results, AreaRange.ALL, MOST_DETECTIONS),
                recall(results, AreaRange.SMALL, MOST_DETECTIONS),
                recall(results, AreaRange.MEDIUM, MOST_DETECTIONS),
                recall(results, AreaRange.LARGE, MOST_DETECTIONS),
                perClass);
    }

    /** One picture, class by class; null for a class that is neither annotated nor detected in it. */
    static CocoMatch[] matches(Picture picture, List<Detection> found, int classes) {
        Map<Integer, List<Annotation>> truth = new LinkedHashMap<>();
        Map<Integer, List<Detection>> detected = new LinkedHashMap<>();
        picture.annotations().forEach(a -> truth.computeIfAbsent(a.category(), c -> new ArrayList<>())
                .add(a));
        found.forEach(d ->
                detected.computeIfAbsent(d.category(), c -> new ArrayList<>()).add(d));
        CocoMatch[] matches = new CocoMatch[classes];
        for (int c = 0; c < classes; c++) {
            if (truth.containsKey(c) || detected.containsKey(c)) {
                matches[c] = CocoMatch.of(truth.getOrDefault(c, List.of()), detected.getOrDefault(c, List.of()));
            }
        }
        return matches;
    }

    private static double precision(List<ClassResult> results, AreaRange range) {
        return defined(results.stream().flatMapToDouble(r -> Arrays.stream(r.precision(range))));
    }

    private static double recall(List<ClassResult> results, AreaRange range, int most) {
        return defined(results.stream().flatMapToDouble(r -> Arrays.stream(r.recall(range, most))));
    }

    private static double mean(List<ClassResult> results, ToDoubleFunction<ClassResult> score) {
        return defined(results.stream().mapToDouble(score));
    }

    /** Mean of the scores that are defined, or {@link #UNDEFINED} when none is. */
    static double defined(DoubleStream scores) {
        return scores.filter(score -> score > UNDEFINED).average().orElse(UNDEFINED);
    }

    /** As numpy computes it, to the last bit: thresholds are compared with ratios that may equal them. */
    private static double[] linspace(double first, double last, int count) {
        double step = (last - first) / (count - 1);
        double[] values =
                IntStream.range(0, count).mapToDouble(i -> i * step + first).toArray();
        values[count - 1] = last;
        return values;
    }

    /** One detection among all pictures' of its class. */
    private record Ranked(double score, CocoMatch match, int place) {}

    /**
     * One class over all pictures.
     *
     * @param ranked strongest first
     * @param objects [area range]: how many are to be found
     * @param precisions [area range][IoU threshold]: average precision
     */
    private record ClassResult(List<Ranked> ranked, int[] objects, double[][] precisions) {

        static ClassResult of(List<CocoMatch> pictures) {
            List<Ranked> ranked = new ArrayList<>();
            int[] objects = new int[AreaRange.values().length];
            for (CocoMatch match : pictures) {
                for (int place = 0; place < match.detections().size(); place++) {
                    ranked.add(new Ranked(match.detections().get(place).score(), match, place));
                }
                Arrays.setAll(objects, a -> objects[a] + match.objects()[a]);
            }
            ranked.sort(Comparator.comparingDouble(Ranked::score).reversed());
            ClassResult result = new ClassResult(ranked, objects, new double[objects.length][]);
            for (AreaRange range : AreaRange.values()) {
                result.precisions[range.ordinal()] = result.perThreshold(range, t -> result.averagePrecision(range, t));
            }
            return result;
        }

        /** Average precision at each IoU threshold. */
        double[] precision(AreaRange range) {
            return precisions[range.ordinal()];
        }

        /** Highest recall at each IoU threshold with at most so many detections per picture. */
        double[] recall(AreaRange range, int most) {
            return perThreshold(
                    range,
                    t -> ranked.stream()
                                    .filter(d -> d.place < most && isTrue(d, range, t))
                                    .count()
                            / (double) objects[range.ordinal()]);
        }

        private double[] perThreshold(AreaRange range, IntToDoubleFunction score) {
            return IntStream.range(0, IOU_THRESHOLDS.length)
                    .mapToDouble(t -> objects[range.ordinal()] == 0 ? UNDEFINED : score.applyAsDouble(t))
                    .toArray();
        }

        private static boolean isTrue(Ranked d, AreaRange range, int t) {
            return counts(d, range, t) && (d.match.matched()[range.ordinal()][d.place] >> t & 1) == 1;
        }

        private static boolean counts(Ranked d, AreaRange range, int t) {
            return (d.match.ignored()[range.ordinal()][d.place] >> t & 1) == 0;
        }

        private double averagePrecision(AreaRange range, int t) {
            double[] recalls = new double[ranked.size()];
            double[] precisions = new double[ranked.size()];
            int hits = 0;
            int counted = 0;
            for (int i = 0; i < recalls.length; i++) {
                hits += isTrue(ranked.get(i), range, t) ? 1 : 0;
                counted += counts(ranked.get(i), range, t) ? 1 : 0;
                recalls[i] = hits / (double) objects[range.ordinal()];
                precisions[i] = hits / (counted + Math.ulp(1.0));
            }
            return PrecisionEnvelope.mean(recalls, precisions, RECALLS);
        }
    }
}
