package io.hardmine.mining.experiment;

import java.util.Arrays;

/**
 * An estimate and its 95 % interval over other pictures of the same kind.
 *
 * @param estimate on the pictures as they are
 * @param low lower end of the 95 % percentile interval; possibly infinite
 * @param high upper end; possibly infinite
 */
public record Interval(double estimate, double low, double high) {
    private static final double OUTSIDE = 0.025;

    /**
     * The percentile interval: its ends are the k-th smallest and the k-th largest, k the whole part of 0.025 (B + 1).
     *
     * @param resampled B numbers, at least 39
     * @throws IllegalArgumentException if there are fewer
     * @see <a href="https://doi.org/10.1201/9780429246593">Efron and Tibshirani 1993, An Introduction to the Bootstrap,
     *     section 13.3 and equation 12.23</a>
     */
    static Interval of(double estimate, double[] resampled) {
        double[] sorted = resampled.clone();
        Arrays.sort(sorted);
        int k = (int) (OUTSIDE * (sorted.length + 1));
        if (k < 1) {
            throw new IllegalArgumentException("a 95 % interval needs at least 39 resamples, not " + sorted.length);
        }
        return new Interval(estimate, sorted[k - 1], sorted[sorted.length - k]);
    }

    /** Whether 0, which means no difference, lies outside the interval. */
    public boolean excludesZero() {
        return low > 0 || high < 0;
    }
}
