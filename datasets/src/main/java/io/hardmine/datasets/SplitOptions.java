package io.hardmine.datasets;

/**
 * How to split what no one has split.
 *
 * @param validationShare of the training pictures, carved off for validation where none is given
 * @param testShare of all pictures, carved off for test where no split is given at all
 * @param seed of the choice
 */
public record SplitOptions(double validationShare, double testShare, long seed) {
    /** Refuses shares that leave nothing. */
    public SplitOptions {
        if (!(validationShare >= 0 && testShare >= 0 && validationShare + testShare < 1)) {
            throw new IllegalArgumentException("shares must be at least 0 and leave training pictures: %s, %s"
                    .formatted(validationShare, testShare));
        }
    }

    /** 15 % for validation, 15 % for test. */
    public static SplitOptions defaults(long seed) {
        return new SplitOptions(0.15, 0.15, seed);
    }
}
