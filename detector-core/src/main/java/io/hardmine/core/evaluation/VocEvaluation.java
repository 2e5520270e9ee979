package io.hardmine.core.evaluation;

import io.hardmine.core.detection.Detection;
import io.hardmine.core.evaluation.VocScores.ClassScores;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Pascal VOC's average precision. Each detection is compared with the one object of its class that it overlaps most. At
 * IoU 0.5 and more, it is right if it is the first detection of this object, otherwise a mistake; it is not counted if
 * the object is difficult. Detections that fit no object but lie in a crowd or ignored region are not counted either;
 * VOC itself has no such regions. Boxes are in continuous coordinates, not VOC's inclusive pixels.
 *
 * @see <a href="http://host.robots.ox.ac.uk/pascal/VOC/voc2012/htmldoc/devkit_doc.html">VOC development kit</a>
 */
public final class VocEvaluation {
    private static final double IOU = 0.5;
    private static final double UNDEFINED = -1;
    private static final double[] ELEVEN_RECALLS =
            IntStream.rangeClosed(0, 10).mapToDouble(tenth -> tenth / 10.0).toArray();

    private VocEvaluation() {}

    /**
     * Scores detections against a data set's annotations.
     *
     * @throws IllegalArgumentException on detections for pictures or class indices that the data set does not have
     */
    public static VocScores evaluate(Dataset dataset, PictureDetections detections) {
        detections.requireWithin(dataset);
        return evaluate(dataset, ClassInPicture.group(dataset, detections));
    }

    /** As {@link #evaluate(Dataset, PictureDetections)}, with detections that are grouped already. */
    static VocScores evaluate(Dataset dataset, List<List<ClassInPicture>> byClass) {
        List<ClassScores> scores =
                byClass.parallelStream().map(VocEvaluation::evaluate).toList();
        Map<String, ClassScores> perClass = new LinkedHashMap<>();
        for (int c = 0; c < scores.size(); c++) {
            perClass.put(dataset.categories().get(c).name(), scores.get(c));
        }
        return new VocScores(mean(scores, ClassScores::ap2007), mean(scores, ClassScores::ap2010), perClass);
    }

    private static double mean(List<ClassScores> scores, ToDoubleFunction<ClassScores> score) {
        return scores.stream()
                .mapToDouble(score)
                .filter(s -> s > UNDEFINED)
                .average()
                .orElse(UNDEFINED);
    }

    private static ClassScores evaluate(List<ClassInPicture> ofClass) {
        long objects = ofClass.stream()
                .flatMap(p -> p.annotations().stream())
                .filter(a -> a.isObject() && !a.difficult())
                .count();
        if (objects == 0) {
            return new ClassScores(UNDEFINED, UNDEFINED);
        }
        // Within a picture detections meet its objects strongest first, so pictures can be judged one by one.
        AveragePrecision precision = new AveragePrecision(objects);
        ofClass.stream()
                .flatMap(p -> judge(p).stream())
                .sorted((a, b) -> Double.compare(b.score, a.score))
                .forEachOrdered(judged -> precision.count(judged.right));
        return new ClassScores(precision.mean(ELEVEN_RECALLS), precision.area());
    }

    private record Judged(double score, boolean right) {}

    private static List<Judged> judge(ClassInPicture here) {
        List<Annotation> objects =
                here.annotations().stream().filter(Annotation::isObject).toList();
        boolean[] taken = new boolean[objects.size()];
        List<Judged> judged = new ArrayList<>();
        for (Detection d : here.detections()) {
            int object = JudgedPicture.most(
                    taken.length, o -> true, o -> d.box().iou(objects.get(o).box()), IOU);
            if (object >= 0) {
                if (!objects.get(object).difficult()) {
                    judged.add(new Judged(d.score(), !taken[object]));
                    taken[object] = true;
                }
            } else if (here.annotations().stream()
                    .noneMatch(a -> !a.isObject() && Overlap.withRegion(d.box(), a.box()) >= IOU)) {
                judged.add(new Judged(d.score(), false));
            }
        }
        return judged;
    }
}
