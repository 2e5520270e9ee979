package io.hardmine.core.training;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The learning rate range test (Smith 2017, section 3.3): the rate rises by the same factor from step to step, and the
 * loss shows which rates are too low to learn and which are too high.
 *
 * @param points from the lowest rate to the highest that was tried
 * @param present learning rate of the settings
 */
public record RateCurve(List<Point> points, double present) {
    /** Steps of the test at most. */
    static final int STEPS = 200;

    private static final MathContext TWO_DIGITS = new MathContext(2);
    private static final double LOWEST = 1e-6;
    private static final double HIGHEST = 1;

    /** Weight of the past in the moving average of the loss. */
    private static final double MOVING = 0.95;

    /** The test ends when the loss is this many times its lowest value: the rate is too high. */
    private static final double TOO_MUCH = 3;

    /**
     * Number of first steps to leave out: there the loss falls at any rate, until the normalization fits the weights.
     */
    private static final int SETTLING = 10;

    /**
     * A loss exceeding the lowest by at most this share counts as equally good: the losses of batches differ by more.
     */
    private static final double AS_GOOD = 0.07;

    /** Copies the list. */
    public RateCurve {
        points = List.copyOf(points);
    }

    /**
     * A step of the test.
     *
     * @param rate learning rate
     * @param loss class and box loss of its batch, before the update
     * @param averaged moving average of the loss
     */
    public record Point(double rate, double loss, double averaged) {}

    /**
     * Runs the test, until the loss grows or a number is not finite.
     *
     * @param trial with {@link #STEPS} steps
     * @param present learning rate of the settings
     * @param stopping asked before each step whether to end early
     */
    static RateCurve of(TrialSteps trial, double present, BooleanSupplier stopping) throws InterruptedException {
        List<Point> points = new ArrayList<>();
        double moving = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < STEPS && !stopping.getAsBoolean(); i++) {
            double rate = LOWEST * Math.pow(HIGHEST / LOWEST, i / (STEPS - 1.0));
            StepReport report;
            try {
                report = trial.run(rate);
            } catch (NotFiniteException e) {
                break; // the rate is too high: the test is complete
            }
            double loss = report.classLoss() + report.boxLoss();
            moving = MOVING * moving + (1 - MOVING) * loss;
            double averaged = moving / (1 - Math.pow(MOVING, i + 1.0));
            points.add(new Point(rate, loss, averaged));
            if (i >= SETTLING) {
                lowest = Math.min(lowest, averaged);
                if (averaged > TOO_MUCH * lowest) {
                    break;
                }
            }
        }
        return new RateCurve(points, present);
    }

    /** The points after the first ten, whose loss depends on the rate. */
    public List<Point> settled() {
        return points.subList(Math.min(SETTLING, points.size()), points.size());
    }

    /**
     * A rate to train with: the lowest whose averaged loss exceeds the lowest one by at most 7 %, rounded to two
     * digits. A higher rate gains little here and may diverge. The rate with the lowest loss itself says little: with
     * clipped gradients, or with AdamW, the loss stays nearly the same over some decades. Empty if the test has ten
     * steps or fewer.
     */
    public Optional<Double> suggestion() {
        double lowest = settled().stream().mapToDouble(Point::averaged).min().orElse(0);
        return settled().stream()
                .filter(p -> p.averaged() <= (1 + AS_GOOD) * lowest)
                .map(p -> BigDecimal.valueOf(p.rate()).round(TWO_DIGITS).doubleValue())
                .findFirst();
    }
}
