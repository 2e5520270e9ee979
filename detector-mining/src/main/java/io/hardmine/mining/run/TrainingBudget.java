package io.hardmine.mining.run;

import io.hardmine.core.training.Preset;
import io.hardmine.core.training.TrainingSettings;
import java.time.Duration;
import java.util.List;

/**
 * The time that a training may take. The step's time on this machine gives the length; if the size of the detector is open,
 * the largest one that the time is enough for is taken.
 *
 * @param time until the model is written, with validations
 */
record TrainingBudget(Duration time) {
    /** Part of the time that steps and validations get; the rest is for reading, and for steps slower than the measured. */
    private static final double SHARE = 0.85;

    /** Pictures that a detector of the balanced preset must see to be better than a smaller one that sees more. */
    private static final double ENOUGH_SHOWINGS = 5_000;

    /** Pictures of which a detector of the balanced preset learns little more. */
    private static final double MOST_SHOWINGS = 40_000;

    /** Presets to choose from, the largest first. */
    private static final List<Preset> SIZES = List.of(Preset.ACCURATE, Preset.BALANCED, Preset.FAST);

    TrainingBudget {
        if (time.compareTo(Duration.ofSeconds(10)) < 0) {
            throw new IllegalArgumentException("a training needs 10 seconds or more");
        }
    }

    /**
     * The largest preset for which the time is enough.
     *
     * @param measured preset of the step that was timed
     * @param settings of that step
     * @param step its time
     * @param pictures of training
     * @param validation pictures of validation
     */
    Preset size(Preset measured, TrainingSettings settings, Duration step, int pictures, int validation) {
        double showings = (double) affordable(settings, step, pictures, validation)
                * settings.schedule().batch();
        for (Preset size : SIZES) {
            double asManyTimesTheWork = size.gigaflop() / measured.gigaflop();
            if (showings / asManyTimesTheWork >= ENOUGH_SHOWINGS * size.patience()) {
                return size;
            }
        }
        return SIZES.get(SIZES.size() - 1);
    }

    /** Steps that fit into the time, or fewer if more would be of little use. */
    long steps(Preset preset, TrainingSettings settings, Duration step, int pictures, int validation) {
        long useful =
                (long) (MOST_SHOWINGS * preset.patience() / settings.schedule().batch());
        return Math.min(useful, affordable(settings, step, pictures, validation));
    }

    private long affordable(TrainingSettings settings, Duration step, int pictures, int validation) {
        int batch = settings.schedule().batch();
        double secondsPerStep = step.toNanos() / 1e9;
        // a picture takes about a third of its share of a step in a validation: the forward pass
        double validations = (double) validation / Math.max(1, pictures) / 3 / settings.validateEvery();
        return Math.max(1, (long) (SHARE * time.toNanos() / 1e9 / (secondsPerStep * (1 + validations))));
    }
}
