package io.hardmine.core.training;

import io.hardmine.datasets.Picture;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Smoothed recent loss of each training picture. The plan of an epoch uses the losses that were known when the epoch
 * before it began. The first batches of an epoch are loaded before the epoch before it ends, so later losses would make
 * the plan depend on how many batches are loaded ahead.
 */
final class ImageLossHistory {
    private static final float FOLLOW = 0.5f;
    private static final float UNKNOWN = -1;

    private final Map<Long, Integer> index = new HashMap<>();
    private final float[] latest;
    private final float[] planned;
    private final float[] plannedNext;
    private long epoch;

    ImageLossHistory(List<Picture> pictures) {
        for (Picture picture : pictures) {
            index.put(picture.id(), index.size());
        }
        latest = new float[pictures.size()];
        planned = new float[pictures.size()];
        plannedNext = new float[pictures.size()];
        arrays().values().forEach(array -> Arrays.fill(array, UNKNOWN));
    }

    /** The arrays that a checkpoint saves, by name; -1 in place of an unknown loss. */
    Map<String, float[]> arrays() {
        return Map.of(
                "picture-losses", latest,
                "picture-losses-planned", planned,
                "picture-losses-planned-next", plannedNext);
    }

    /** Continues in epoch {@code present}, counted from 0, after the arrays were restored. */
    synchronized void restore(long present) {
        epoch = present;
    }

    /**
     * Called before each step. If the step begins a new epoch, the losses known now are kept to plan the epoch after
     * it.
     *
     * @param present epoch of the step, counted from 0
     */
    synchronized void reach(long present) {
        if (present != epoch) {
            System.arraycopy(plannedNext, 0, planned, 0, planned.length);
            System.arraycopy(latest, 0, plannedNext, 0, latest.length);
            epoch = present;
        }
    }

    /**
     * Called after each step.
     *
     * @param shown pictures of the step; empty for a background input
     * @param losses loss of each of them
     */
    synchronized void observe(List<Optional<Picture>> shown, double[] losses) {
        for (int i = 0; i < losses.length; i++) {
            Integer at = shown.get(i).map(p -> index.get(p.id())).orElse(null);
            if (at != null) {
                float loss = (float) losses[i];
                latest[at] = latest[at] < 0 ? loss : latest[at] + FOLLOW * (loss - latest[at]);
            }
        }
    }

    /** Loss of a picture for planning an epoch, the present one or the next; -1 if it is not known yet. */
    synchronized float of(Picture picture, long planning) {
        return (planning <= epoch ? planned : plannedNext)[index.get(picture.id())];
    }
}
