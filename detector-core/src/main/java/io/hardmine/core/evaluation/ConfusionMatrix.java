package io.hardmine.core.evaluation;

import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts of objects and detections by annotated class and detected class, at IoU 0.5 and with a score threshold for
 * each class. Right detections are matched first. Then each remaining detection, strongest first, takes the free object
 * of another class that it overlaps most, if their IoU is at least 0.5. Detections in crowd and ignored regions are not
 * counted.
 *
 * @param rowLabels the annotated classes, then {@link #NO_OBJECT}
 * @param columnLabels the detected classes, then {@link #NO_DETECTION}
 * @param counts [row][column]; the last element of the last row is always 0, because places with neither object nor
 *     detection cannot be counted
 */
public record ConfusionMatrix(List<String> rowLabels, List<String> columnLabels, List<List<Integer>> counts) {
    /** Label of the row of detections without an object. */
    public static final String NO_OBJECT = "background: boxes that fit no object, or one found already";
    /** Label of the column of objects without a detection. */
    public static final String NO_DETECTION = "background: objects not found";

    /** Copies the lists. */
    public ConfusionMatrix {
        rowLabels = List.copyOf(rowLabels);
        columnLabels = List.copyOf(columnLabels);
        counts = counts.stream().map(List::copyOf).toList();
    }

    static ConfusionMatrix of(Dataset dataset, List<JudgedPicture> judged, ScoreThresholds thresholds) {
        int classes = dataset.categories().size();
        int[][] counts = new int[classes + 1][classes + 1];
        judged.forEach(picture -> count(picture, thresholds, counts));
        List<String> rows = new ArrayList<>(dataset.categoryNames());
        List<String> columns = new ArrayList<>(dataset.categoryNames());
        rows.add(NO_OBJECT);
        columns.add(NO_DETECTION);
        return new ConfusionMatrix(
                rows,
                columns,
                Arrays.stream(counts)
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList());
    }

    private static void count(JudgedPicture judged, ScoreThresholds thresholds, int[][] counts) {
        int background = counts.length - 1;
        List<Annotation> annotations = judged.picture().annotations();
        boolean[] taken = new boolean[annotations.size()];
        List<Detection> left = new ArrayList<>();
        for (JudgedDetection verdict : judged.verdicts()) {
            Detection detection = verdict.detection();
            if (detection.score() < thresholds.of(detection.category())) {
                continue;
            }
            switch (verdict.outcome()) {
                case FOUND -> {
                    taken[verdict.annotation()] = true;
                    counts[detection.category()][detection.category()]++;
                }
                case UNCOUNTED -> {}
                default -> left.add(detection);
            }
        }
        for (Detection detection : left) {
            int other = JudgedPicture.most(
                    taken.length,
                    a -> annotations.get(a).isObject() && !taken[a],
                    a -> detection.box().iou(annotations.get(a).box()),
                    JudgedPicture.IOU);
            if (other >= 0) {
                taken[other] = true;
            }
            counts[other >= 0 ? annotations.get(other).category() : background][detection.category()]++;
        }
        for (int a = 0; a < taken.length; a++) {
            if (annotations.get(a).isObject() && !taken[a]) {
                counts[annotations.get(a).category()][background]++;
            }
        }
    }
}
