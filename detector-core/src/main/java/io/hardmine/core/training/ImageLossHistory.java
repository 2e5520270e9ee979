package io.hardmine.core.training;

import io.hardmine.datasets.Picture;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each training picture cost lately. An epoch is planned by what was known when the one before it began, since its
 * first batches are loaded before that one is over; so a plan does not depend on how far ahead is loaded.
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

    /** All there is to save, by name. */
    Map<String, float[]> arrays() {
        return Map.of(
                "picture-losses", latest,
                "picture-losses-planned", planned,
                "picture-losses-planned-next", plannedNext);
    }

    /** Takes up where the saved arrays were in this epoch. */
    synchronized void restore(long present) {
        epoch = present;
    }

    /** Before each step: where its epoch is a new one, what is known now will plan the next. */
    synchronized void reach(long present) {
        if (present != epoch) {
            System.arraycopy(plannedNext, 0, planned, 0, planned.length);
            System.arraycopy(latest, 0, plannedNext, 0, latest.length);
            epoch = present;
        }
    }

    /** After a step: what its pictures cost; empty where one is background. */
    synchronized void observe(List<Optional<Picture>> shown, double[] losses) {
        for (int i = 0; i < losses.length; i++) {
            Integer at = shown.get(i).map(p -> index.get(p.id())).orElse(null);
            if (at != null) {
                float loss = (float) losses[i];
                latest[at] = latest[at] < 0 ? loss : latest[at] + FOLLOW * (loss - latest[at]);
            }
        }
    }

    /** Losses that an epoch is planned by: the present one or the next. */
    synchronized float of(Picture picture, long planning) {
        return (planning <= epoch ? planned : plannedNext)[index.get(picture.id())];
    }
}
