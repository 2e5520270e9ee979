package io.hardmine.core.training;

import io.hardmine.core.loss.Losses;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How often each training picture is shown in an epoch, given what it cost lately: the counterpart of {@link
 * io.hardmine.core.loss.ExampleSelection} on the scale of pictures. {@link #ONCE} is the baseline.
 */
public interface RepeatFactors {
    /** Every picture once. */
    RepeatFactors ONCE = (losses, random) -> {
        int[] times = new int[losses.length];
        Arrays.fill(times, 1);
        return times;
    };

    /** What distinguishes it from another, in a line: part of a run's fingerprint and a model's provenance. */
    default String description() {
        return "once";
    }

    /**
     * What makes a picture hard, for each one of a batch, at least 0: its classification loss, if nothing else is said.
     *
     * @param batch what the batch cost
     */
    default double[] costs(Losses batch) {
        return batch.byPicture();
    }

    /**
     * Chooses.
     *
     * @param losses {@link #costs} of each picture when it was last shown, smoothed; negative where not known yet
     * @return how often each is shown, at least 0; as many in all as there are pictures
     */
    int[] times(float[] losses, SplittableRandom random);
}
