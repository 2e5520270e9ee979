package io.hardmine.core.loss;

/**
 * Moving average of the number of object anchors that count in a batch, by which losses are divided. Thanks to the
 * average, a batch of pure background does not divide by zero and does not dominate. It lowers the average a little.
 */
public final class LossNormalizer {
    private static final double MOMENTUM = 0.9;
    private static final double START = 100;

    private double average = START;

    /** Takes a batch into account and returns the average, which is never under 1. */
    public double update(int objects) {
        average = MOMENTUM * average + (1 - MOMENTUM) * Math.max(1, objects);
        return average;
    }

    /** The average, to be saved. */
    public double average() {
        return average;
    }

    /** Continues with a saved average. */
    public void restore(double saved) {
        average = saved;
    }
}
