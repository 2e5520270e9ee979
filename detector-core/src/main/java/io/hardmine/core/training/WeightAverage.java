package io.hardmine.core.training;

import io.hardmine.core.kernel.FloatMemory;
import io.hardmine.core.kernel.Parameters;

/**
 * Exponential moving average of a network's values and statistics (EMA). The average is evaluated and becomes the
 * model. It starts with the network's present values. Close it after use.
 */
public final class WeightAverage implements AutoCloseable {
    private final Parameters parameters;
    private final double decay;
    private final double ramp;
    private final FloatMemory values;
    private final float[] statistics;

    /**
     * An average.
     *
     * @param decay per step, in [0, 1); 0 keeps no average but the present weights
     * @param ramp τ, in steps, over which the decay rises: at step t, counted from 1, it is {@code decay · (1 −
     *     e^(−t/τ))}. 0 for a decay of {@code t / (9 + t)} until it reaches {@code decay}
     */
    WeightAverage(Parameters parameters, double decay, double ramp) {
        this.parameters = parameters;
        this.decay = decay;
        this.ramp = ramp;
        values = new FloatMemory(parameters.values().length());
        values.copyFrom(parameters.values());
        statistics = parameters.statistics().clone();
    }

    /** Average of {@link Parameters#values()}, laid out as they are. */
    public FloatMemory values() {
        return values;
    }

    /** Average of {@link Parameters#statistics()}. */
    public float[] statistics() {
        return statistics;
    }

    /**
     * The weight of a step's values in the average. It is large in the first steps, so that the random start fades
     * quickly.
     *
     * @param step steps done before this one, from 0 on
     */
    float share(long step) {
        double risen =
                ramp > 0 ? decay * -Math.expm1(-(1.0 + step) / ramp) : Math.min(decay, (1.0 + step) / (10.0 + step));
        return (float) (1 - risen);
    }

    /**
     * Adds a range of new values to the average. Several threads may call it for ranges that do not overlap.
     *
     * @param present the new values on the heap
     * @param scratch working space of the length of {@code present}
     * @param from index of the first value in the network's values
     * @param count number of values
     * @param share weight of the new values, from {@link #share}
     */
    void follow(float[] present, float[] scratch, int from, int count, float share) {
        values.read(from, scratch, 0, count);
        follow(scratch, present, count, share);
        values.write(from, scratch, 0, count);
    }

    /** Adds the network's statistics to the average. */
    void followStatistics(float share) {
        follow(statistics, parameters.statistics(), statistics.length, share);
    }

    private static void follow(float[] average, float[] present, int count, float share) {
        for (int i = 0; i < count; i++) {
            average[i] += share * (present[i] - average[i]);
        }
    }

    @Override
    public void close() {
        values.close();
    }
}
