package io.hardmine.mining.experiment;

/**
 * Compares an arm with another in one measure.
 *
 * @param arm name of the arm
 * @param reference name of the arm that it is compared with
 * @param measure that is compared
 * @param value of the arm, mean over seeds; infinite if a run does not reach the recall
 * @param referenceValue of the reference, mean over seeds; infinite if a run does not reach the recall
 * @param difference of the means over seeds, arm minus reference
 * @param change difference divided by the reference's value: −0.5 means half the reference's value
 */
public record Comparison(
        String arm,
        String reference,
        Measure measure,
        double value,
        double referenceValue,
        Interval difference,
        Interval change) {
    /** A share of a smaller reference value is meaningless. */
    private static final double NEXT_TO_NOTHING = 0.01;

    /** What the test pictures show about two arms. */
    public enum Verdict {
        /** The arm is better. */
        BETTER("better"),
        /** The arm is worse. */
        WORSE("worse"),
        /** The two differ by less than matters in practice. */
        SAME("no practical difference"),
        /** These pictures do not show a difference. */
        OPEN("no");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** As text. */
        public String words() {
            return words;
        }
    }

    /** What the test pictures show. */
    public Verdict verdict() {
        if (!isMeasured()) {
            return Verdict.OPEN;
        }
        double negligible = measure.negligible();
        if (difference.low() > -negligible && difference.high() < negligible) {
            return Verdict.SAME;
        }
        return isDistinguishable() ? isBetter() ? Verdict.BETTER : Verdict.WORSE : Verdict.OPEN;
    }

    /** Whether {@link #change} is meaningful: the reference value is not close to 0. */
    public boolean hasShare() {
        return referenceValue >= NEXT_TO_NOTHING;
    }

    /** Whether a comparison is possible: false if neither reaches the recall. */
    public boolean isMeasured() {
        return Double.isFinite(value) || Double.isFinite(referenceValue);
    }

    /** Whether the test pictures show a difference between the two. */
    public boolean isDistinguishable() {
        return difference.excludesZero();
    }

    /** Whether the arm is better than the reference by any amount. */
    public boolean isBetter() {
        return measure.moreIsBetter() ? difference.estimate() > 0 : difference.estimate() < 0;
    }
}
