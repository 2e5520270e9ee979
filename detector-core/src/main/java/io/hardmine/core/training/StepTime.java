package io.hardmine.core.training;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Measures the time of a step. */
final class StepTime {
    /** Largest number of timed steps. */
    static final int MOST = 40;

    /** Smallest number of timed steps. The first steps run on code that the virtual machine has not compiled yet. */
    private static final int FEWEST = 3;

    private static final double ENOUGH_MILLISECONDS = 6_000;

    private StepTime() {}

    /**
     * Times a few steps.
     *
     * @param trial with {@link #MOST} steps
     * @param rate learning rate of the first steps
     * @param stopping asked before each step whether to end early; the result is then zero
     * @return the median of the last third of the steps, without waiting for pictures
     */
    static Duration measure(TrialSteps trial, Schedule rate, BooleanSupplier stopping) throws InterruptedException {
        List<Double> times = new ArrayList<>();
        double spent = 0;
        for (int i = 0; i < MOST && (i < FEWEST || spent < ENOUGH_MILLISECONDS); i++) {
            if (stopping.getAsBoolean()) {
                return Duration.ZERO;
            }
            double time = trial.run(rate.at(i)).times().computing();
            times.add(time);
            spent += time;
        }
        List<Double> warm = times.subList(times.size() * 2 / 3, times.size()).stream()
                .sorted()
                .toList();
        return Duration.ofNanos((long) (warm.get(warm.size() / 2) * 1e6));
    }
}
