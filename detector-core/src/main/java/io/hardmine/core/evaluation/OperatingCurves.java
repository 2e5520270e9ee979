package io.hardmine.core.evaluation;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A curve over all classes together, with one threshold for all, and a curve of each class.
 *
 * @param pooled over all classes
 * @param byCategory in class-index order
 */
public record OperatingCurves(OperatingCurve pooled, List<OperatingCurve> byCategory) {
    /** Copies the list. */
    public OperatingCurves {
        byCategory = List.copyOf(byCategory);
    }

    /**
     * The curves of a set of detections.
     *
     * @throws IllegalArgumentException on detections for pictures or class indices that the data set does not have
     */
    public static OperatingCurves of(Dataset dataset, PictureDetections detections) {
        detections.requireWithin(dataset);
        return of(dataset, JudgedPicture.judge(dataset, detections));
    }

    static OperatingCurves of(Dataset dataset, List<JudgedPicture> judged) {
        List<Annotation> objects = dataset.pictures().stream()
                .flatMap(p -> p.annotations().stream())
                .filter(Annotation::isObject)
                .toList();
        List<ArrayList<JudgedDetection>> verdicts = IntStream.range(
                        0, dataset.categories().size())
                .mapToObj(c -> new ArrayList<JudgedDetection>())
                .toList();
        List<JudgedDetection> all = new ArrayList<>();
        for (JudgedPicture picture : judged) {
            all.addAll(picture.verdicts());
            picture.verdicts()
                    .forEach(v -> verdicts.get(v.detection().category()).add(v));
        }
        int pictures = dataset.pictures().size();
        return new OperatingCurves(
                OperatingCurve.of(pictures, objects.size(), all),
                IntStream.range(0, verdicts.size())
                        .parallel()
                        .mapToObj(c -> OperatingCurve.of(
                                pictures,
                                (int) objects.stream()
                                        .filter(a -> a.category() == c)
                                        .count(),
                                verdicts.get(c)))
                        .toList());
    }

    /**
     * The counts over all classes if each class is shown from its own threshold on. The threshold of the result is that
     * of the first class's point.
     */
    public OperatingPoint at(ScoreThresholds thresholds) {
        return IntStream.range(0, byCategory.size())
                .mapToObj(c -> byCategory.get(c).at(thresholds.of(c)))
                .reduce(OperatingPoint::plus)
                .orElseGet(() -> pooled.at(1));
    }
}
