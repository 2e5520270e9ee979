package io.hardmine.mining.experiment;

/**
 * An arm against another, in one measure.
 *
 * @param arm which
 * @param reference the other
 * @param measure in what
 * @param value the arm's, mean over seeds; infinite where a run does not reach the recall
 * @param referenceValue the reference's
 * @param difference arm minus reference, the means over seeds
 * @param change the same as a share of the reference: −0.5 is half as much
 */
public record Comparison(
        String arm,
        String reference,
        Measure measure,
        double value,
        double referenceValue,
        Interval difference,
        Interval change) {
    /** Whether there is anything to compare: not where neither reaches the recall. */
    public boolean isMeasured() {
        return Double.isFinite(value) || Double.isFinite(referenceValue);
    }

    /** Whether the test pictures tell the two apart. */
    public boolean isDistinguishable() {
        return difference.excludesZero();
    }

    /** Whether the arm is better than the reference, by however little. */
    public boolean isBetter() {
        return measure.moreIsBetter() ? difference.estimate() > 0 : difference.estimate() < 0;
    }
}
