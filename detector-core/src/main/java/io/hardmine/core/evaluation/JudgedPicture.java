package io.hardmine.core.evaluation;

import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * A picture with a verdict on each of its strongest detections. Detections are judged strongest first; each takes the
 * free object of its class that it overlaps most. The verdicts on the detections above a score are therefore those of a
 * detector with that score as its threshold.
 *
 * @param picture as annotated
 * @param verdicts strongest first
 */
record JudgedPicture(Picture picture, List<JudgedDetection> verdicts) {
    static final double IOU = 0.5;
    static final double NEAR_IOU = 0.1;
    static final double LEAST_SCORE = 0.001;
    static final int MOST_DETECTIONS = 300;

    /** All pictures of a data set, by ascending id. */
    static List<JudgedPicture> judge(Dataset dataset, PictureDetections detections) {
        return judge(dataset, detections, LEAST_SCORE, MOST_DETECTIONS);
    }

    /**
     * As {@link #judge(Dataset, PictureDetections)}, for scores of at least {@code least} and at most {@code most}
     * detections per picture.
     */
    static List<JudgedPicture> judge(Dataset dataset, PictureDetections detections, double least, int most) {
        return dataset.pictures().stream().sorted(Comparator.comparingLong(Picture::id)).toList().parallelStream()
                .map(picture -> judge(picture, detections.in(picture.id()), least, most))
                .toList();
    }

    private static JudgedPicture judge(Picture picture, List<Detection> detections, double least, int most) {
        List<Detection> strongest = detections.stream()
                .filter(d -> d.score() >= least)
                .sorted(ClassInPicture.STRONGEST_FIRST)
                .limit(most)
                .toList();
        boolean[] taken = new boolean[picture.annotations().size()];
        List<JudgedDetection> verdicts = new ArrayList<>(strongest.size());
        for (Detection detection : strongest) {
            JudgedDetection verdict = judge(picture.annotations(), detection, taken);
            if (verdict.outcome() == Outcome.FOUND) {
                taken[verdict.annotation()] = true;
            }
            verdicts.add(verdict);
        }
        return new JudgedPicture(picture, List.copyOf(verdicts));
    }

    private static JudgedDetection judge(List<Annotation> annotations, Detection d, boolean[] taken) {
        IntPredicate ofItsClass = a -> annotations.get(a).category() == d.category();
        IntPredicate object = a -> annotations.get(a).isObject();
        IntToDoubleFunction iou = a -> d.box().iou(annotations.get(a).box());
        IntToDoubleFunction inside =
                a -> Overlap.withRegion(d.box(), annotations.get(a).box());

        int free = most(taken.length, ofItsClass.and(object).and(a -> !taken[a]), iou, IOU);
        if (free >= 0) {
            return new JudgedDetection(d, Outcome.FOUND, free);
        }
        int region = most(taken.length, ofItsClass.and(object.negate()), inside, IOU);
        if (region >= 0) {
            return new JudgedDetection(d, Outcome.UNCOUNTED, region);
        }
        int near = most(taken.length, ofItsClass.and(object), iou, NEAR_IOU);
        if (near >= 0) {
            return new JudgedDetection(d, iou.applyAsDouble(near) >= IOU ? Outcome.DUPLICATE : Outcome.MISPLACED, near);
        }
        int other = most(taken.length, ofItsClass.negate().and(object), iou, IOU);
        return new JudgedDetection(d, other >= 0 ? Outcome.WRONG_CLASS : Outcome.NOTHING, other);
    }

    /**
     * Index, in [0, {@code count}), of the candidate that overlaps most and at least by {@code least}; -1 if there is
     * none. Of equal overlaps the first one counts.
     */
    static int most(int count, IntPredicate candidate, IntToDoubleFunction overlap, double least) {
        int best = -1;
        double most = least;
        for (int i = 0; i < count; i++) {
            if (candidate.test(i)) {
                double here = overlap.applyAsDouble(i);
                if (here >= least && (best < 0 || here > most)) {
                    most = here;
                    best = i;
                }
            }
        }
        return best;
    }
}
