package io.hardmine.datasets.sample;

/**
 * What to generate. The picture of a given part and number depends on seed and difficulty alone: a smaller set's
 * pictures are the first of a larger one's.
 *
 * @param train number of annotated training pictures, at least 1
 * @param validation number of annotated validation pictures
 * @param test number of annotated test pictures
 * @param background number of pictures without any object
 * @param seed of all random numbers
 * @param difficulty what the pictures contain
 */
public record SampleOptions(int train, int validation, int test, int background, long seed, Difficulty difficulty) {
    /** Checks the counts. */
    public SampleOptions {
        if (train < 1 || validation < 0 || test < 0 || background < 0) {
            throw new IllegalArgumentException("train must be at least 1, the other counts at least 0");
        }
    }

    /** A set to train on in minutes: 240 pictures for training, 60 for validation, 300 for test, 300 of background. */
    public static SampleOptions quick() {
        return new SampleOptions(240, 60, 300, 300, 1, Difficulty.standard());
    }

    /** A set to run experiments on: 600 pictures for training, 100 for validation, 300 for test, 1500 of background. */
    public static SampleOptions full() {
        return new SampleOptions(600, 100, 300, 1500, 1, Difficulty.standard());
    }

    /** The same counts with another seed. */
    public SampleOptions withSeed(long other) {
        return new SampleOptions(train, validation, test, background, other, difficulty);
    }
}
