package io.hardmine.datasets;

/**
 * How to split a data set whose folder gives no split, or none for validation.
 *
 * @param validationShare share of the training pictures that validation gets if the folder gives no validation split; a
 *     share of all pictures if it gives no split at all
 * @param testShare share of all pictures that test gets if the folder gives no split at all
 * @param seed of the random choice
 */
public record SplitOptions(double validationShare, double testShare, long seed) {
    /**
     * Checks the shares.
     *
     * @throws IllegalArgumentException if a share is negative, or both leave no training pictures
     */
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
