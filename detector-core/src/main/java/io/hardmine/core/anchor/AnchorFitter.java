package io.hardmine.core.anchor;

import io.hardmine.core.kernel.Shape;
import io.hardmine.core.network.Architecture;
import io.hardmine.datasets.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Fits the base size and the ratios of the anchors to boxes as the network sees them. Of a few candidates it takes the
 * shapes with the highest mean IoU between each box and its best anchor on the grid. Scales stay the paper's.
 */
public final class AnchorFitter {
    private static final double[] BASES = {1, 1.26, 1.59, 2, 2.52, 3.17, 4};
    private static final double MATCH = 0.5;

    /** A higher IoU than this counts as no better: the matcher needs 0.5, and 0.7 leaves room for boxes to vary. */
    private static final double ENOUGH = 0.7;

    private AnchorFitter() {}

    /**
     * A box in a network input.
     *
     * @param box in pixels of the input
     * @param category class index
     * @param input size of the input
     */
    public record Sample(Box box, int category, Shape input) {}

    /** The best anchors for the samples; the paper's anchors if there are no samples. */
    public static AnchorShapes fit(List<Sample> samples) {
        if (samples.isEmpty()) {
            return AnchorShapes.paper();
        }
        double[] ratios = samples.stream()
                .mapToDouble(s -> s.box().height() / s.box().width())
                .sorted()
                .toArray();
        double middle = quantile(ratios, 0.5);
        List<AnchorShapes> candidates = new ArrayList<>();
        for (double base : BASES) {
            candidates.add(new AnchorShapes(
                    base, List.of(0.5, 1.0, 2.0), AnchorShapes.paper().scales()));
            for (double spread : new double[] {1.4, 2, 2.8}) {
                List<Double> around = List.of(rounded(middle / spread), rounded(middle), rounded(middle * spread));
                candidates.add(
                        new AnchorShapes(base, around, AnchorShapes.paper().scales()));
            }
            List<Double> quantiles =
                    List.of(rounded(quantile(ratios, 0.1)), rounded(middle), rounded(quantile(ratios, 0.9)));
            candidates.add(
                    new AnchorShapes(base, quantiles, AnchorShapes.paper().scales()));
        }
        double[] scores = candidates.parallelStream()
                .mapToDouble(shapes -> samples.stream()
                        .mapToDouble(s -> Math.min(ENOUGH, bestIou(shapes, s)))
                        .average()
                        .orElseThrow())
                .toArray();
        int best = IntStream.range(0, scores.length)
                .reduce((a, b) -> scores[b] > scores[a] ? b : a)
                .orElseThrow();
        return candidates.get(best);
    }

    /**
     * Share of the boxes that anchors reach.
     *
     * @param overall of all samples; NaN if there are none
     * @param byCategory by class index; NaN for a class without boxes
     * @param bySize three shares, of boxes with an area under 32² pixels of the input, under 96², and larger; NaN if
     *     there are none
     */
    public record Recall(double overall, List<Double> byCategory, List<Double> bySize) {}

    /** Whether an anchor overlaps a box by an IoU of 0.5 or more. */
    public static Predicate<Sample> overlapOf(AnchorShapes shapes) {
        return sample -> bestIou(shapes, sample) >= MATCH;
    }

    /** Whether the center of an anchor of the finest level, P3, lies in a box. */
    public static boolean hasCenter(Sample sample) {
        int stride = AnchorGrid.stride(0);
        Box box = sample.box();
        double x = nearest(box.centerX(), stride, sample.input().width());
        double y = nearest(box.centerY(), stride, sample.input().height());
        return x > box.x() && x < box.right() && y > box.y() && y < box.bottom();
    }

    /**
     * Shares of the samples that anchors reach.
     *
     * @param reached whether anchors reach a sample
     * @param categories number of classes
     */
    public static Recall recall(Predicate<Sample> reached, List<Sample> samples, int categories) {
        int[] found = new int[categories + 3];
        int[] all = new int[categories + 3];
        int total = 0;
        for (Sample s : samples) {
            int hit = reached.test(s) ? 1 : 0;
            double area = s.box().area();
            int size = categories + (area < 32 * 32 ? 0 : area < 96 * 96 ? 1 : 2);
            for (int bin : new int[] {s.category(), size}) {
                all[bin]++;
                found[bin] += hit;
            }
            total += hit;
        }
        List<Double> shares = IntStream.range(0, all.length)
                .mapToObj(i -> all[i] == 0 ? Double.NaN : (double) found[i] / all[i])
                .toList();
        return new Recall(
                samples.isEmpty() ? Double.NaN : (double) total / samples.size(),
                shares.subList(0, categories),
                shares.subList(categories, categories + 3));
    }

    /** IoU of a box with its best anchor, among the anchors of the nearest cell of each level. */
    private static double bestIou(AnchorShapes shapes, Sample sample) {
        double best = 0;
        Box box = sample.box();
        for (int level = 0; level < Architecture.LEVELS; level++) {
            int stride = AnchorGrid.stride(level);
            double x = nearest(box.centerX(), stride, sample.input().width());
            double y = nearest(box.centerY(), stride, sample.input().height());
            for (int a = 0; a < shapes.perCell(); a++) {
                double w = shapes.width(a, stride);
                double h = shapes.height(a, stride);
                best = Math.max(best, box.iou(new Box(x - w / 2, y - h / 2, w, h)));
            }
        }
        return best;
    }

    private static double nearest(double center, int stride, int side) {
        int cells = (side + stride - 1) / stride;
        return (Math.max(0, Math.min(cells - 1, Math.floor(center / stride))) + 0.5) * stride;
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1.0, share * sorted.length)];
    }

    private static double rounded(double ratio) {
        double bounded = Math.max(0.1, Math.min(10, ratio));
        return Math.round(bounded * 100) / 100.0;
    }
}
