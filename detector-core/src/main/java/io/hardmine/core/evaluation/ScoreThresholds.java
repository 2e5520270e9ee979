package io.hardmine.core.evaluation;

import java.util.List;

/**
 * The lowest score at which each class is shown.
 *
 * @param byCategory in class-index order, each in [0, 1]
 */
public record ScoreThresholds(List<Double> byCategory) {
    /** Used if nothing is found, so that no score is better than another. */
    private static final double FALLBACK = 0.5;

    /** Copies the list. */
    public ScoreThresholds {
        byCategory = List.copyOf(byCategory);
    }

    /**
     * The thresholds of the highest F1, class by class. A class without found objects gets the best threshold of all
     * classes together, or 0.5 if nothing is found in any class.
     */
    public static ScoreThresholds of(OperatingCurves curves) {
        double pooled = curves.pooled().best().map(OperatingPoint::threshold).orElse(FALLBACK);
        return new ScoreThresholds(curves.byCategory().stream()
                .map(curve -> curve.best().map(OperatingPoint::threshold).orElse(pooled))
                .toList());
    }

    /** The threshold of a class. */
    public double of(int category) {
        return byCategory.get(category);
    }
}
