package io.hardmine.core.evaluation;

import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Kinds of errors that keep a detector from a perfect average precision at IoU 0.5. Each has the average precision that
 * would be gained if all errors of that kind, and no others, were corrected. The computation is that of the authors'
 * program, with at most 100 detections per picture over all classes. Its average precision differs from COCO's in two
 * points: that limit, and a class with detections but no objects counts as 0.
 *
 * @param ap50 average precision at IoU 0.5, in [0, 1]; -1 if there are neither objects nor detections
 * @param findings one for every kind
 * @param falsePositives gain in average precision if every wrong detection were removed
 * @param falseNegatives gain in average precision if every missed object were removed
 * @see <a href="https://arxiv.org/abs/2008.08115">Bolya et al. 2020, TIDE: A General Toolbox for Identifying Object
 *     Detection Errors</a>
 */
public record ErrorDiagnosis(double ap50, Map<Kind, Effect> findings, double falsePositives, double falseNegatives) {
    private static final int MOST_DETECTIONS = 100;
    private static final double[] RECALLS =
            IntStream.rangeClosed(0, 100).mapToDouble(i -> i / 100.0).toArray();

    /** Copies the map. */
    public ErrorDiagnosis {
        findings = Collections.unmodifiableMap(new EnumMap<>(findings));
    }

    /** Kinds of errors. */
    public enum Kind {
        /** IoU of at least 0.5 with an object of another class. */
        CLASSIFICATION,
        /** IoU 0.1 to 0.5 with an object of its class. */
        LOCALISATION,
        /** IoU above 0.1 and below 0.5 with an object of another class, and near none of its own. */
        BOTH,
        /** IoU above 0.5 with an object of its class that a stronger detection found already. */
        DUPLICATE,
        /** Near no object: IoU of at most 0.1 with all of them. */
        BACKGROUND,
        /** A ground-truth object that is neither detected nor covered by a classification or localization error. */
        MISSED
    }

    /**
     * Errors of one kind.
     *
     * @param count number of errors
     * @param inRegions number of detections in a crowd or ignored region that would be such errors outside of it. They
     *     cost no precision; the authors' program counts them with the other errors
     * @param gain average precision that correcting the errors would gain, in [0, 1]
     */
    public record Effect(int count, int inRegions, double gain) {}

    /**
     * Diagnoses detections.
     *
     * @throws IllegalArgumentException on detections for pictures or class indices that the data set does not have
     */
    public static ErrorDiagnosis of(Dataset dataset, PictureDetections detections) {
        detections.requireWithin(dataset);
        Tally tally = new Tally(dataset.categories().size());
        JudgedPicture.judge(dataset, detections, 0, MOST_DETECTIONS).forEach(tally::add);
        return tally.diagnosis();
    }

    /** A detection as average precision counts it. */
    private record Point(int category, double score, boolean right) {
        static final Comparator<Point> STRONGEST_FIRST = (a, b) -> Double.compare(b.score, a.score);
        static final Point NONE = new Point(-1, -1, false);
    }

    /**
     * An error.
     *
     * @param kind of it
     * @param category of the detection or missed object
     * @param point the detection as it counts; empty for a missed object
     * @param corrected the detection as it would count if corrected; empty if it would go away
     */
    private record Mistake(Kind kind, int category, Optional<Point> point, Optional<Point> corrected) {}

    /**
     * Why a detection is wrong.
     *
     * @param kind of error
     * @param annotation index of the object that a correction would find; -1 for none
     */
    private record Cause(Kind kind, int annotation) {
        static Cause of(Detection d, List<Annotation> annotations) {
            IntPredicate object = a -> annotations.get(a).isObject();
            IntPredicate ofItsClass = a -> annotations.get(a).category() == d.category();
            IntToDoubleFunction iou = a -> d.box().iou(annotations.get(a).box());
            int count = annotations.size();
            int near = JudgedPicture.most(count, object.and(ofItsClass), iou, JudgedPicture.NEAR_IOU);
            boolean on = near >= 0 && iou.applyAsDouble(near) > JudgedPicture.IOU;
            if (near >= 0 && !on) {
                return new Cause(Kind.LOCALISATION, near);
            }
            int other = JudgedPicture.most(count, object.and(ofItsClass.negate()), iou, JudgedPicture.IOU);
            if (other >= 0) {
                return new Cause(Kind.CLASSIFICATION, other);
            }
            if (on) {
                return new Cause(Kind.DUPLICATE, -1);
            }
            boolean alone = JudgedPicture.most(count, object, iou, Math.nextUp(JudgedPicture.NEAR_IOU)) < 0;
            return new Cause(alone ? Kind.BACKGROUND : Kind.BOTH, -1);
        }
    }

    /** Errors of all pictures. */
    private static final class Tally {
        private final int[] objects;
        private final int[] unfound;
        private final List<Point> inOrder = new ArrayList<>();
        private final List<Mistake> mistakes = new ArrayList<>();
        private final int[] inRegions = new int[Kind.values().length];

        Tally(int classes) {
            objects = new int[classes];
            unfound = new int[classes];
        }

        void add(JudgedPicture judged) {
            List<Annotation> annotations = judged.picture().annotations();
            boolean[] found = new boolean[annotations.size()];
            for (JudgedDetection verdict : judged.verdicts()) {
                if (verdict.outcome() == Outcome.FOUND) {
                    found[verdict.annotation()] = true;
                }
            }
            Set<Integer> corrected = new HashSet<>();
            for (JudgedDetection verdict : judged.verdicts()) {
                Detection d = verdict.detection();
                Point point = new Point(d.category(), d.score(), verdict.outcome() == Outcome.FOUND);
                if (verdict.outcome() == Outcome.UNCOUNTED) {
                    inRegions[Cause.of(d, annotations).kind.ordinal()]++;
                } else {
                    inOrder.add(point);
                    if (!point.right) {
                        mistakes.add(mistake(point, Cause.of(d, annotations), annotations, found, corrected));
                    }
                }
            }
            for (int a = 0; a < found.length; a++) {
                int category = annotations.get(a).category();
                if (annotations.get(a).isObject()) {
                    objects[category]++;
                    if (!found[a]) {
                        unfound[category]++;
                        if (!corrected.contains(a)) {
                            mistakes.add(new Mistake(Kind.MISSED, category, Optional.empty(), Optional.empty()));
                        }
                    }
                }
            }
        }

        /** If several errors concern the same object, correcting the strongest one finds it. */
        private static Mistake mistake(
                Point point, Cause cause, List<Annotation> annotations, boolean[] found, Set<Integer> corrected) {
            boolean corrects = cause.annotation >= 0 && !found[cause.annotation] && corrected.add(cause.annotation);
            Optional<Point> right = corrects
                    ? Optional.of(new Point(annotations.get(cause.annotation).category(), point.score, true))
                    : Optional.empty();
            return new Mistake(cause.kind, point.category, Optional.of(point), right);
        }

        ErrorDiagnosis diagnosis() {
            // Every kind ranks nearly the same detections. Sorting them here lets each later sort take a single pass.
            inOrder.sort(Point.STRONGEST_FIRST);
            mistakes.sort(Comparator.comparing(m -> m.point.orElse(Point.NONE), Point.STRONGEST_FIRST));
            double ap = meanPrecision(inOrder, objects);
            Map<Kind, Effect> findings = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                int count = (int) mistakes.stream().filter(m -> m.kind == kind).count();
                findings.put(kind, new Effect(count, inRegions[kind.ordinal()], Math.max(0, corrected(kind) - ap)));
            }
            List<Point> perfect = inOrder.stream()
                    .map(p -> new Point(p.category, p.right ? 1 : 0, p.right))
                    .toList();
            int[] foundObjects = objects.clone();
            for (int c = 0; c < foundObjects.length; c++) {
                foundObjects[c] -= unfound[c];
            }
            return new ErrorDiagnosis(
                    ap,
                    findings,
                    meanPrecision(perfect, objects) - ap,
                    meanPrecision(wrongFirst(mistakes.stream().flatMap(m -> m.point.stream())), foundObjects) - ap);
        }

        private double corrected(Kind kind) {
            int[] left = objects.clone();
            if (kind == Kind.MISSED) {
                mistakes.stream().filter(m -> m.kind == kind).forEach(m -> left[m.category]--);
            }
            return meanPrecision(
                    wrongFirst(mistakes.stream().flatMap(m -> (m.kind == kind ? m.corrected : m.point).stream())),
                    left);
        }

        /** Puts right detections after the others; this order decides between equal scores. */
        private List<Point> wrongFirst(Stream<Point> others) {
            return Stream.concat(others, inOrder.stream().filter(Point::right)).toList();
        }

        private static double meanPrecision(List<Point> points, int[] objects) {
            List<List<Point>> byClass = new ArrayList<>();
            for (int c = 0; c < objects.length; c++) {
                byClass.add(new ArrayList<>());
            }
            points.forEach(p -> byClass.get(p.category).add(p));
            byClass.forEach(ofClass -> ofClass.sort(Point.STRONGEST_FIRST));
            double sum = 0;
            int classes = 0;
            for (int c = 0; c < objects.length; c++) {
                if (objects[c] > 0 || !byClass.get(c).isEmpty()) {
                    classes++;
                    sum += objects[c] > 0 ? precision(byClass.get(c), objects[c]) : 0;
                }
            }
            return classes == 0 ? -1 : sum / classes;
        }

        private static double precision(List<Point> ranked, int objects) {
            AveragePrecision precision = new AveragePrecision(objects);
            ranked.forEach(point -> precision.count(point.right));
            return precision.mean(RECALLS);
        }
    }
}
