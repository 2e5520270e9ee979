package io.hardmine.core.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How found objects and mistakes grow as the threshold falls: a precision-recall curve, a free-response (FROC) curve
 * and others, depending on which counts of a point are plotted. Detections are judged at IoU 0.5, at most 300 per
 * picture over all classes, with scores of 0.001 and more. Detections of equal score make one point, because no
 * threshold separates them.
 *
 * @param pictures how many pictures
 * @param objects how many objects to find
 * @param points one for each distinct score, highest first; no count decreases from point to point
 */
public record OperatingCurve(int pictures, int objects, List<OperatingPoint> points) {
    private static final int SAMPLES = 100;
    private static final Comparator<JudgedDetection> STRONGEST_FIRST =
            (a, b) -> Double.compare(b.detection().score(), a.detection().score());

    /** Copies the list. */
    public OperatingCurve {
        points = List.copyOf(points);
    }

    static OperatingCurve of(int pictures, int objects, List<JudgedDetection> verdicts) {
        List<JudgedDetection> ranked = verdicts.stream()
                .filter(v -> v.outcome() != Outcome.UNCOUNTED)
                .sorted(STRONGEST_FIRST)
                .toList();
        List<OperatingPoint> points = new ArrayList<>();
        int[] counts = new int[Outcome.values().length];
        for (int i = 0; i < ranked.size(); i++) {
            counts[ranked.get(i).outcome().ordinal()]++;
            double score = ranked.get(i).detection().score();
            boolean lastOfScore =
                    i + 1 == ranked.size() || ranked.get(i + 1).detection().score() < score;
            if (lastOfScore) {
                points.add(new OperatingPoint(
                        score,
                        pictures,
                        objects,
                        counts[Outcome.FOUND.ordinal()],
                        counts[Outcome.DUPLICATE.ordinal()],
                        counts[Outcome.MISPLACED.ordinal()],
                        counts[Outcome.WRONG_CLASS.ordinal()],
                        counts[Outcome.NOTHING.ordinal()]));
            }
        }
        return new OperatingCurve(pictures, objects, points);
    }

    /** The point with the highest threshold that finds at least this share of the objects; empty if none does. */
    public Optional<OperatingPoint> atRecall(double recall) {
        return points.stream().filter(p -> objects > 0 && p.recall() >= recall).findFirst();
    }

    /** The share found when everything is shown, in [0, 1]; -1 if there are no objects. */
    public double highestRecall() {
        return at(0).recall();
    }

    /** The counts with this score as the threshold. */
    public OperatingPoint at(double threshold) {
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (points.get(middle).threshold() >= threshold) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? OperatingPoint.none(threshold, pictures, objects) : points.get(low - 1);
    }

    /** The point of the highest F1, the highest threshold if several have it; empty if nothing is found. */
    public Optional<OperatingPoint> best() {
        return points.stream().filter(p -> p.found() > 0).reduce((best, next) -> next.f1() > best.f1() ? next : best);
    }

    /**
     * Log-average miss rate: the geometric mean of the share of missed objects at nine numbers of mistakes per picture,
     * evenly spaced in the logarithm from 0.01 to 1. Every mistake counts here, duplicates and misplaced ones too. If
     * no threshold stays within one of the nine numbers, all objects count as missed there.
     *
     * @return in [0, 1], low is good; -1 if there are no objects or no pictures
     * @see <a href="https://doi.org/10.1109/TPAMI.2011.155">Dollár et al. 2012, Pedestrian Detection: An Evaluation of
     *     the State of the Art</a>
     */
    public double logAverageMissRate() {
        if (objects == 0 || pictures == 0) {
            return -1;
        }
        double sum = 0;
        for (int i = 0; i <= 8; i++) {
            double most = Math.pow(10, -2 + i / 4.0);
            double missed = points.stream()
                    .takeWhile(p -> p.perPicture(p.mistakes()) <= most)
                    .reduce((first, last) -> last)
                    .map(p -> 1 - p.recall())
                    .orElse(1.0);
            sum += Math.log(Math.max(missed, 1e-10));
        }
        return Math.exp(sum / 9);
    }

    /** At most 102 points for plotting: the first, one per percent of recall, and the last. */
    public List<OperatingPoint> sampled() {
        List<OperatingPoint> samples = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < points.size(); i++) {
            OperatingPoint point = points.get(i);
            int step = (int) Math.floor(Math.max(0, point.recall()) * SAMPLES);
            if (i == 0 || step >= next || i + 1 == points.size()) {
                samples.add(point);
                next = step + 1;
            }
        }
        return samples;
    }
}
