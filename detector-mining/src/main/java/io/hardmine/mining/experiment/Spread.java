package io.hardmine.mining.experiment;

/**
 * Median and range of a measure over the seeds.
 *
 * @param median middle value; the mean of the middle two if there is an even number
 * @param least smallest
 * @param most largest
 */
public record Spread(double median, double least, double most) {
    /** The spread of at least one value; values may be infinite. */
    static Spread of(double... values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        int last = sorted.length - 1;
        double low = sorted[last / 2];
        double high = sorted[(last + 1) / 2];
        return new Spread(low == high ? low : (low + high) / 2, sorted[0], sorted[last]);
    }
}
