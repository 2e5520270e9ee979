package io.hardmine.mining.analysis;

/**
 * The distribution of the losses of any number of examples, in constant memory (256 KiB).
 *
 * <p>Losses lie in bins, 64 in every doubling, so that two losses in one bin differ by at most {@value #RESOLUTION} of
 * the smaller one; each bin keeps their number and their sum. Sums over whole bins are exact. If a share ends inside a
 * bin, its losses are taken to be equal, which shifts a cumulative share by at most {@value #RESOLUTION} of the sum of
 * that bin.
 */
public final class LossHistogram {
    /** Widest relative distance of two losses in one bin. */
    public static final double RESOLUTION = 1 / 64.0;

    /**
     * The exponent and six bits of the mantissa of a float are the number of its bin: bins are in the order of the
     * losses.
     */
    private static final int SHIFT = 17;

    private static final int BINS = (Float.floatToIntBits(Float.MAX_VALUE) >>> SHIFT) + 1;

    private final long[] counts = new long[BINS];
    private final double[] sums = new double[BINS];
    private long count;
    private double total;

    /**
     * Adds a loss.
     *
     * @param loss at least 0, within a float's range
     * @throws IllegalArgumentException if it is not
     */
    public void add(double loss) {
        if (!(loss >= 0 && loss <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException("a loss must be a number that is at least 0, not " + loss);
        }
        int bin = Float.floatToIntBits((float) loss) >>> SHIFT;
        counts[bin]++;
        sums[bin] += loss;
        count++;
        total += loss;
    }

    /** How many losses there are. */
    public long count() {
        return count;
    }

    /** Their sum. */
    public double total() {
        return total;
    }

    /**
     * Share of the total that the hardest examples carry.
     *
     * @param share of the examples, in [0, 1]
     * @return in [0, 1]; the share itself if no loss is above 0
     */
    public double carriedByHardest(double share) {
        requireShare(share);
        if (total == 0) {
            return share;
        }
        double wanted = share * count;
        double sum = 0;
        for (int bin = BINS - 1; bin >= 0 && wanted > 0; bin--) {
            if (counts[bin] > 0) {
                sum += sums[bin] * Math.min(1, wanted / counts[bin]);
                wanted -= counts[bin];
            }
        }
        return Math.min(1, sum / total);
    }

    /**
     * The loss that a share of the examples does not exceed, as the mean of its bin.
     *
     * @param share in [0, 1]: 0.5 gives the median
     * @throws IllegalStateException if there are no losses
     */
    public double quantile(double share) {
        requireShare(share);
        if (count == 0) {
            throw new IllegalStateException("there are no losses");
        }
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        int bin = -1;
        while (seen < rank) {
            seen += counts[++bin];
        }
        return sums[bin] / counts[bin];
    }

    private static void requireShare(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share must lie in [0, 1], not " + share);
        }
    }
}
