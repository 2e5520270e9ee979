package io.hardmine.datasets.inspect;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Quantiles and a histogram of values.
 *
 * @param quantiles at 0 (least), 0.1, 0.25, 0.5, 0.75, 0.9 and 1 (most), interpolated between neighbors; empty if there
 *     are no values
 * @param histogram counts in consecutive bins; the first begins at 0, and the last has no upper end
 */
public record Distribution(List<Quantile> quantiles, List<Bin> histogram) {
    private static final double[] SHARES = {0, 0.1, 0.25, 0.5, 0.75, 0.9, 1};

    /** Copies the lists. */
    public Distribution {
        quantiles = List.copyOf(quantiles);
        histogram = List.copyOf(histogram);
    }

    /**
     * A value that a share of all values does not exceed.
     *
     * @param share in [0, 1]
     * @param value in the values' unit
     */
    public record Quantile(double share, double value) {}

    /**
     * Values of at least {@code from} and below {@code to}.
     *
     * @param from 0 for the first bin
     * @param to null for the last bin
     * @param count of values
     */
    public record Bin(double from, Double to, long count) {}

    /** The distribution of values that are not negative, with bins between the given rising edges. */
    static Distribution of(DoubleStream values, double... edges) {
        double[] sorted = values.sorted().toArray();
        List<Quantile> quantiles = sorted.length == 0
                ? List.of()
                : Arrays.stream(SHARES)
                        .mapToObj(s -> new Quantile(s, quantile(sorted, s)))
                        .toList();
        Bin[] bins = new Bin[edges.length + 1];
        for (int i = 0; i < bins.length; i++) {
            double from = i == 0 ? 0 : edges[i - 1];
            Double to = i == edges.length ? null : (Double) edges[i];
            long count = Arrays.stream(sorted)
                    .filter(v -> v >= from && (to == null || v < to))
                    .count();
            bins[i] = new Bin(from, to, count);
        }
        return new Distribution(quantiles, List.of(bins));
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }
}
