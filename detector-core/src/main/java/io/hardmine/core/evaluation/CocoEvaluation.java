package io.hardmine.core.evaluation;

import io.hardmine.core.evaluation.CocoMatches.AreaRange;
import io.hardmine.core.evaluation.CocoScores.ClassScores;
import io.hardmine.datasets.Dataset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * COCO's average precision and recall of boxes, number for number as its reference evaluator (pycocotools' COCOeval)
 * computes them: ten IoU thresholds, 101 recall points, sizes by annotated area, at most 1, 10 and 100 detections per
 * picture and class. Crowd regions take any number of detections without penalty; an annotation's {@code ignore} and
 * {@code difficult} flags play no part, because the reference overwrites {@code ignore} by the crowd flag and does not
 * know {@code difficult}. Equal scores keep the order of picture ids and, within a picture, of the detections.
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
        return evaluate(dataset, ClassInPicture.group(dataset, detections));
    }

    /** As {@link #evaluate(Dataset, PictureDetections)}, with detections that are grouped already. */
    static CocoScores evaluate(Dataset dataset, List<List<ClassInPicture>> byClass) {
        List<ClassResult> results = byClass.parallelStream()
                .map(ofClass -> ClassResult.of(CocoMatches.of(ofClass)))
                .toList();
        Map<String, ClassScores> perClass = new LinkedHashMap<>();
        for (int c = 0; c < results.size(); c++) {
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

    private static double precision(List<ClassResult> results, AreaRange range) {
        return defined(results.stream().flatMapToDouble(r -> Arrays.stream(r.precision(range))));
    }

    private static double recall(List<ClassResult> results, AreaRange range, int most) {
        return defined(results.stream().flatMapToDouble(r -> Arrays.stream(r.recall(range, most))));
    }

    private static double mean(List<ClassResult> results, ToDoubleFunction<ClassResult> score) {
        return defined(results.stream().mapToDouble(score));
    }

    /** Mean of the scores that are defined, or {@link #UNDEFINED} if none is. */
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

    /**
     * One class over all pictures.
     *
     * @param precisions [area range][IoU threshold]: average precision
     */
    private record ClassResult(CocoMatches matches, double[][] precisions) {

        static ClassResult of(CocoMatches matches) {
            double[][] precisions = Arrays.stream(AreaRange.values())
                    .map(range -> perThreshold(matches, range, t -> averagePrecision(matches, range, t)))
                    .toArray(double[][]::new);
            return new ClassResult(matches, precisions);
        }

        /** Average precision at each IoU threshold. */
        double[] precision(AreaRange range) {
            return precisions[range.ordinal()];
        }

        /** Highest recall at each IoU threshold with at most the given number of detections per picture. */
        double[] recall(AreaRange range, int most) {
            return perThreshold(matches, range, t -> found(matches, range, t, most) / (double) matches.objects(range));
        }

        private static double[] perThreshold(CocoMatches matches, AreaRange range, IntToDoubleFunction score) {
            return IntStream.range(0, IOU_THRESHOLDS.length)
                    .mapToDouble(t -> matches.objects(range) == 0 ? UNDEFINED : score.applyAsDouble(t))
                    .toArray();
        }

        private static int found(CocoMatches matches, AreaRange range, int t, int most) {
            int found = 0;
            for (int d = 0; d < matches.detections(); d++) {
                found += matches.rank(d) < most && matches.isTrue(range, d, t) ? 1 : 0;
            }
            return found;
        }

        private static double averagePrecision(CocoMatches matches, AreaRange range, int t) {
            AveragePrecision precision = new AveragePrecision(matches.objects(range));
            for (int d = 0; d < matches.detections(); d++) {
                if (matches.counts(range, d, t)) {
                    precision.count(matches.isTrue(range, d, t));
                }
            }
            return precision.mean(RECALLS);
        }
    }
}
