package io.hardmine.core.evaluation;

import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Annotation;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One class of one picture, matched as COCO's reference evaluator does it, for every area range and IoU threshold.
 *
 * @param detections of the class, strongest first, at most {@link CocoEvaluation#MOST_DETECTIONS}
 * @param matched [area range][detection]: bit t is set where the detection has an object at threshold t
 * @param ignored [area range][detection]: bit t is set where the detection counts neither way at threshold t
 * @param objects [area range]: how many objects are to be found
 */
record CocoMatch(List<Detection> detections, int[][] matched, int[][] ignored, int[] objects) {

    static CocoMatch of(List<Annotation> truth, List<Detection> found) {
        List<Detection> strongest = found.stream()
                .sorted(Comparator.comparingDouble(Detection::score).reversed())
                .limit(CocoEvaluation.MOST_DETECTIONS)
                .toList();
        double[][] overlaps = overlaps(truth, strongest);
        AreaRange[] ranges = AreaRange.values();
        CocoMatch match = new CocoMatch(
                strongest,
                new int[ranges.length][strongest.size()],
                new int[ranges.length][strongest.size()],
                new int[ranges.length]);
        for (AreaRange range : ranges) {
            match.match(truth, overlaps, range);
        }
        return match;
    }

    private void match(List<Annotation> truth, double[][] overlaps, AreaRange range) {
        boolean[] aside = new boolean[truth.size()];
        for (int g = 0; g < aside.length; g++) {
            aside[g] = truth.get(g).crowd() || !range.holds(truth.get(g).area());
            objects[range.ordinal()] += aside[g] ? 0 : 1;
        }
        int[] order = IntStream.range(0, aside.length)
                .boxed()
                .sorted(Comparator.comparing(g -> aside[g]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int t = 0; t < CocoEvaluation.IOU_THRESHOLDS.length; t++) {
            boolean[] taken = new boolean[aside.length];
            for (int d = 0; d < detections.size(); d++) {
                int best = best(truth, overlaps[d], order, aside, taken, CocoEvaluation.IOU_THRESHOLDS[t]);
                if (best >= 0) {
                    taken[best] = true;
                    matched[range.ordinal()][d] |= 1 << t;
                }
                boolean counts = best >= 0
                        ? !aside[best]
                        : range.holds(detections.get(d).box().area());
                ignored[range.ordinal()][d] |= counts ? 0 : 1 << t;
            }
        }
    }

    /** The object that a detection takes, or -1. Objects come before those set aside; of equals the last is taken. */
    private static int best(
            List<Annotation> truth,
            double[] overlaps,
            int[] order,
            boolean[] aside,
            boolean[] taken,
            double threshold) {
        double least = threshold;
        int best = -1;
        for (int g : order) {
            if (best >= 0 && !aside[best] && aside[g]) {
                break;
            }
            boolean free = !taken[g] || truth.get(g).crowd();
            if (free && overlaps[g] >= least) {
                least = overlaps[g];
                best = g;
            }
        }
        return best;
    }

    private static double[][] overlaps(List<Annotation> truth, List<Detection> detections) {
        double[][] overlaps = new double[detections.size()][truth.size()];
        for (int d = 0; d < detections.size(); d++) {
            for (int g = 0; g < truth.size(); g++) {
                Annotation annotation = truth.get(g);
                overlaps[d][g] = annotation.crowd()
                        ? Overlap.withRegion(detections.get(d).box(), annotation.box())
                        : detections.get(d).box().iou(annotation.box());
            }
        }
        return overlaps;
    }

    /** Sizes that COCO tells apart, by annotated area in square pixels; both ends belong to the range. */
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
    }
}
