package io.hardmine.core.evaluation;

import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The detections of one class in all pictures, matched as COCO's reference evaluator does it, for every area range and
 * IoU threshold. Detections are numbered from 0, strongest first; of equal scores those of the picture with the lower
 * id come first.
 */
final class CocoMatches {
    private static final int THRESHOLDS = CocoEvaluation.IOU_THRESHOLDS.length;
    private static final int ALL_THRESHOLDS = (1 << THRESHOLDS) - 1;

    private final double[] scores;
    private final int[] pictures;
    private final int[] ranks;
    /** [area range][detection]: bit t is set if the detection has an object at threshold t. */
    private final int[][] matched;
    /**
     * [area range][detection]: bit t is set if the detection is not counted at threshold t, neither as right nor as
     * wrong.
     */
    private final int[][] ignored;

    private final int[] objects;

    private CocoMatches(int detections) {
        int ranges = AreaRange.values().length;
        scores = new double[detections];
        pictures = new int[detections];
        ranks = new int[detections];
        matched = new int[ranges][detections];
        ignored = new int[ranges][detections];
        objects = new int[ranges];
    }

    /** Matches one class, picture by picture. */
    static CocoMatches of(List<ClassInPicture> ofClass) {
        CocoMatches inOrder = new CocoMatches(
                ofClass.stream().mapToInt(p -> strongest(p).size()).sum());
        int first = 0;
        for (ClassInPicture here : ofClass) {
            inOrder.match(here, first);
            first += strongest(here).size();
        }
        return inOrder.strongestFirst();
    }

    private static List<Detection> strongest(ClassInPicture here) {
        List<Detection> all = here.detections();
        return all.subList(0, Math.min(all.size(), CocoEvaluation.MOST_DETECTIONS));
    }

    private CocoMatches strongestFirst() {
        int[] order = Ranking.strongestFirst(scores);
        CocoMatches ranked = new CocoMatches(order.length);
        System.arraycopy(objects, 0, ranked.objects, 0, objects.length);
        for (int i = 0; i < order.length; i++) {
            ranked.scores[i] = scores[order[i]];
            ranked.pictures[i] = pictures[order[i]];
            ranked.ranks[i] = ranks[order[i]];
            for (int r = 0; r < objects.length; r++) {
                ranked.matched[r][i] = matched[r][order[i]];
                ranked.ignored[r][i] = ignored[r][order[i]];
            }
        }
        return ranked;
    }

    /** How many detections there are, at most {@link CocoEvaluation#MOST_DETECTIONS} in a picture. */
    int detections() {
        return scores.length;
    }

    /** Number of objects to find in a size range. */
    int objects(AreaRange range) {
        return objects[range.ordinal()];
    }

    double score(int detection) {
        return scores[detection];
    }

    /** Index of the detection's picture among all pictures, by ascending id. */
    int picture(int detection) {
        return pictures[detection];
    }

    /** How many detections of the class in the same picture come before this one. */
    int rank(int detection) {
        return ranks[detection];
    }

    /**
     * Whether a detection has found an object.
     *
     * @param threshold index in {@link CocoEvaluation#IOU_THRESHOLDS}
     */
    boolean isTrue(AreaRange range, int detection, int threshold) {
        return counts(range, detection, threshold) && (matched[range.ordinal()][detection] >> threshold & 1) == 1;
    }

    /**
     * Whether a detection is counted, as right or as wrong.
     *
     * @param threshold index in {@link CocoEvaluation#IOU_THRESHOLDS}
     */
    boolean counts(AreaRange range, int detection, int threshold) {
        return (ignored[range.ordinal()][detection] >> threshold & 1) == 0;
    }

    /** Matches one picture; its first detection gets the number {@code first}. */
    private void match(ClassInPicture here, int first) {
        List<Detection> detections = strongest(here);
        List<Annotation> truth = here.annotations();
        double[][] overlaps = new double[detections.size()][];
        for (int d = 0; d < overlaps.length; d++) {
            Detection detection = detections.get(d);
            scores[first + d] = detection.score();
            pictures[first + d] = here.picture();
            ranks[first + d] = d;
            overlaps[d] = overlaps(detection.box(), truth);
            double area = detection.box().area();
            for (AreaRange range : AreaRange.values()) {
                ignored[range.ordinal()][first + d] = range.holds(area) ? 0 : ALL_THRESHOLDS;
            }
        }
        if (!truth.isEmpty()) {
            for (AreaRange range : AreaRange.values()) {
                match(truth, overlaps, range, first);
            }
        }
    }

    private void match(List<Annotation> truth, double[][] overlaps, AreaRange range, int first) {
        boolean[] sought = new boolean[truth.size()];
        for (int g = 0; g < sought.length; g++) {
            sought[g] = range.seeks(truth.get(g));
            objects[range.ordinal()] += sought[g] ? 1 : 0;
        }
        int[] order = IntStream.concat(
                        IntStream.range(0, sought.length).filter(g -> sought[g]),
                        IntStream.range(0, sought.length).filter(g -> !sought[g]))
                .toArray();
        boolean[] taken = new boolean[sought.length];
        for (int t = 0; t < THRESHOLDS; t++) {
            Arrays.fill(taken, false);
            for (int d = 0; d < overlaps.length; d++) {
                int best = best(truth, overlaps[d], order, sought, taken, CocoEvaluation.IOU_THRESHOLDS[t]);
                if (best >= 0) {
                    taken[best] = true;
                    matched[range.ordinal()][first + d] |= 1 << t;
                    ignored[range.ordinal()][first + d] &= ~(1 << t);
                    ignored[range.ordinal()][first + d] |= sought[best] ? 0 : 1 << t;
                }
            }
        }
    }

    /**
     * Index of the annotation that a detection takes, or -1. Objects come before annotations that are set aside; of
     * equal overlaps the last one is taken.
     */
    private static int best(
            List<Annotation> truth,
            double[] overlaps,
            int[] order,
            boolean[] sought,
            boolean[] taken,
            double threshold) {
        double least = threshold;
        int best = -1;
        for (int g : order) {
            if (best >= 0 && sought[best] && !sought[g]) {
                break;
            }
            if (overlaps[g] >= least && (!taken[g] || truth.get(g).crowd())) {
                least = overlaps[g];
                best = g;
            }
        }
        return best;
    }

    private static double[] overlaps(Box detection, List<Annotation> truth) {
        double[] overlaps = new double[truth.size()];
        for (int g = 0; g < overlaps.length; g++) {
            Annotation annotation = truth.get(g);
            overlaps[g] = annotation.crowd()
                    ? Overlap.withRegion(detection, annotation.box())
                    : detection.iou(annotation.box());
        }
        return overlaps;
    }

    /** COCO's size ranges, by annotated area in square pixels; both ends are included. */
    enum AreaRange {
        ALL(0, 1e10),
        SMALL(0, 32 * 32),
        MEDIUM(32 * 32, 96 * 96),
        LARGE(96 * 96, 1e10);

        private final double least;
        private final double most;

        AreaRange(double least, double most) {
            this.least = least;
            this.most = most;
        }

        boolean holds(double area) {
            return area >= least && area <= most;
        }

        /** Whether an annotation is an object that is to be found; the others are set aside. */
        boolean seeks(Annotation annotation) {
            return !annotation.crowd() && holds(annotation.area());
        }
    }
}
