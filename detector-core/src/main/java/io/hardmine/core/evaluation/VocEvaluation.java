package io.hardmine.core.evaluation;

import io.hardmine.core.detection.Detection;
import io.hardmine.core.evaluation.VocScores.ClassScores;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Pascal VOC's average precision. Each detection looks at the one object of its class that it overlaps most: at IoU 0.5
 * and more it is right if it is the first to do so, a mistake if not, and out of account if the object is difficult.
 * Detections that fit no object but lie in a crowd or ignored region are out of account too; VOC itself has no such
 * regions. Boxes are in continuous coordinates, not VOC's inclusive pixels.
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
        List<Picture> pictures = dataset.pictures().stream()
                .sorted(Comparator.comparingLong(Picture::id))
                .toList();
        List<ClassScores> scores = IntStream.range(0, dataset.categories().size())
                .parallel()
                .mapToObj(c -> evaluate(pictures, detections, c))
                .toList();
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

    private static ClassScores evaluate(List<Picture> pictures, PictureDetections detections, int category) {
        long objects = pictures.stream()
                .flatMap(p -> p.annotations().stream())
                .filter(a -> a.category() == category && a.isObject() && !a.difficult())
                .count();
        if (objects == 0) {
            return new ClassScores(UNDEFINED, UNDEFINED);
        }
        // Within a picture detections meet its objects strongest first, so pictures can be judged one by one.
        List<Judged> ranked = pictures.stream()
                .flatMap(p -> judge(p, detections.in(p.id()), category).stream())
                .sorted(Comparator.comparingDouble(Judged::score).reversed())
                .toList();
        double[] recalls = new double[ranked.size()];
        double[] precisions = new double[ranked.size()];
        int right = 0;
        for (int i = 0; i < recalls.length; i++) {
            right += ranked.get(i).right ? 1 : 0;
            recalls[i] = right / (double) objects;
            precisions[i] = right / (i + 1.0);
        }
        double elevenPoint = PrecisionEnvelope.mean(recalls, precisions, ELEVEN_RECALLS);
        return new ClassScores(elevenPoint, area(recalls, precisions));
    }

    private record Judged(double score, boolean right) {}

    private static List<Judged> judge(Picture picture, List<Detection> found, int category) {
        List<Annotation> ofClass = picture.annotations().stream()
                .filter(a -> a.category() == category)
                .toList();
        List<Annotation> objects = ofClass.stream().filter(Annotation::isObject).toList();
        List<Detection> strongest = found.stream()
                .filter(d -> d.category() == category)
                .sorted(Comparator.comparingDouble(Detection::score).reversed())
                .toList();
        boolean[] taken = new boolean[objects.size()];
        List<Judged> judged = new ArrayList<>();
        for (Detection d : strongest) {
            int object = JudgedPicture.most(
                    taken.length, o -> true, o -> d.box().iou(objects.get(o).box()), IOU);
            if (object >= 0) {
                if (!objects.get(object).difficult()) {
                    judged.add(new Judged(d.score(), !taken[object]));
                    taken[object] = true;
                }
            } else if (ofClass.stream().noneMatch(a -> !a.isObject() && Overlap.withRegion(d.box(), a.box()) >= IOU)) {
                judged.add(new Judged(d.score(), false));
            }
        }
        return judged;
    }

    private static double area(double[] recalls, double[] envelope) {
        double sum = 0;
        double before = 0;
        for (int i = 0; i < recalls.length; i++) {
            sum += (recalls[i] - before) * envelope[i];
            before = recalls[i];
        }
        return sum;
    }
}
