package io.hardmine.core.training;

import io.hardmine.core.loss.Losses;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Decides how often an epoch shows each training picture, given its recent losses: the counterpart of {@link
 * io.hardmine.core.loss.ExampleSelection} for whole pictures. {@link #ONCE} is the baseline.
 */
public interface RepeatFactors {
    /** Every picture once. */
    RepeatFactors ONCE = (losses, random) -> {
        int[] times = new int[losses.length];
        Arrays.fill(times, 1);
        return times;
    };

    /** One line that distinguishes it from others; part of a run's fingerprint and a model's provenance. */
    default String description() {
        return "once";
    }

    /**
     * Difficulty of each picture of a batch, at least 0; by default its classification loss.
     *
     * @param batch losses of the batch
     */
    default double[] costs(Losses batch) {
        return batch.byPicture();
    }

    /**
     * Decides how often each picture is shown.
     *
     * @param losses smoothed {@link #costs} of each picture; negative if not known yet
     * @return number of showings of each picture, at least 0; the sum is the number of pictures
     */
    int[] times(float[] losses, SplittableRandom random);
}
