package io.hardmine.mining.run;

import io.hardmine.core.training.Preset;
import io.hardmine.core.training.TrainingSettings;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Split;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The time that a training may take. The number of steps follows from the time of a step on this machine. If the size
 * of the detector is open, the largest preset for which the time is enough is chosen.
 *
 * @param time until the model is written, with validations
 */
record TrainingBudget(Duration time) {
    /** Measures how long a step of a run takes. */
    interface StepTimer {
        Duration time(PreparedRun run) throws InterruptedException;
    }

    /** The shortest time for which a training can be planned. */
    private static final Duration LEAST = Duration.ofSeconds(10);

    /**
     * Part of the time that steps and validations get; the rest is for reading, and for steps that are slower than the
     * measured one.
     */
    private static final double SHARE = 0.85;

    /**
     * Number of showings of pictures that a detector of the balanced preset needs to be better than a smaller one that
     * sees more.
     */
    private static final double ENOUGH_SHOWINGS = 5_000;

    /** Number of showings of pictures after which a detector of the balanced preset improves little. */
    private static final double MOST_SHOWINGS = 40_000;

    /** Presets to choose from, the largest first. */
    private static final List<Preset> SIZES = List.of(Preset.ACCURATE, Preset.BALANCED, Preset.FAST);

    TrainingBudget {
        if (time.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("a training needs %d seconds or more".formatted(LEAST.toSeconds()));
        }
    }

    /**
     * The run with the number of steps for which the time is enough, and with a preset chosen if the size is open.
     *
     * @param layers where the run's settings come from
     * @param timer times a step on this machine
     * @param listener receives the choice
     */
    PreparedRun fit(PreparedRun run, SettingLayers layers, StepTimer timer, RunListener listener)
            throws IOException, InterruptedException {
        Dataset train = run.partition().part(Split.TRAIN);
        int pictures = train.pictures().size() + run.background().size();
        int validation = run.partition().part(Split.VALIDATION).pictures().size();
        SettingLayers sized = layers;
        PreparedRun measured = run;
        Duration step = timer.time(measured);
        if (layers.isSizeOpen()) {
            Preset size = size(layers.size(), run.settings().training(), step, pictures, validation);
            if (size != layers.size()) {
                sized = layers.with(size);
                measured = run.with(sized.of(train, null));
                step = timer.time(measured);
            }
        }
        long steps = steps(sized.size(), measured.settings().training(), step, pictures, validation);
        listener.onBudget(sized.size(), steps);
        return run.with(sized.with("schedule.steps=" + steps).of(train, null));
    }

    /**
     * The largest preset for which the time is enough.
     *
     * @param measured preset of the step that was timed
     * @param settings of that step
     * @param step time of that step
     * @param pictures number of training and background pictures
     * @param validation number of validation pictures
     */
    Preset size(Preset measured, TrainingSettings settings, Duration step, int pictures, int validation) {
        double showings = (double) affordable(settings, step, pictures, validation)
                * settings.schedule().batch();
        for (Preset size : SIZES) {
            double asManyTimesTheWork = size.gigaflop() / measured.gigaflop();
            if (showings / asManyTimesTheWork >= ENOUGH_SHOWINGS * size.budgetFactor()) {
                return size;
            }
        }
        return SIZES.get(SIZES.size() - 1);
    }

    /** Steps that fit into the time, or fewer if more would be of little use. */
    long steps(Preset preset, TrainingSettings settings, Duration step, int pictures, int validation) {
        long useful = (long)
                (MOST_SHOWINGS * preset.budgetFactor() / settings.schedule().batch());
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
