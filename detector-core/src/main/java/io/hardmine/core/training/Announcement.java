package io.hardmine.core.training;

import io.hardmine.core.detection.Preprocessing;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;

/** Tells the listener before the first step the plan of the run, and warns of problems in its data. */
final class Announcement {
    /** Share of the training boxes that anchors should reach. */
    private static final double ENOUGH_RECALL = 0.99;

    private final TrainingTask task;
    private final TrainingListener listener;
    private final Preprocessing preprocessing;

    Announcement(TrainingTask task, TrainingListener listener) {
        this.task = task;
        this.listener = listener;
        preprocessing = RandomPlacement.of(task.settings()).preprocessing();
    }

    /**
     * Refuses data without objects to learn.
     *
     * @throws DataException if no training picture has an object, or if all objects are smaller than a pixel of the
     *     input
     */
    void requireObjects() {
        if (!task.train().hasObjects()) {
            throw new DataException(
                    "no training picture of %s has an object: there is nothing to learn; look at it with 'dataset inspect'"
                            .formatted(task.train().name()));
        }
        VanishingObjects vanishing = VanishingObjects.of(task.train(), preprocessing);
        if (vanishing.count() == vanishing.all()) {
            throw new DataException(
                    "%d of %d training boxes of %s are smaller than a pixel of the input (%d x %d), and nothing is left to learn: a larger input.short_side and input.long_side keep them; boxes must be in pixels unless their format says otherwise"
                            .formatted(
                                    vanishing.count(),
                                    vanishing.all(),
                                    task.train().name(),
                                    preprocessing.shortSide(),
                                    preprocessing.longSide()));
        }
    }

    /** Tells the listener the plan and the warnings. */
    void make(TrainingListener.TrainingPlan plan) {
        listener.onStart(plan);
        if (!task.validation().hasObjects()) {
            String lack = task.validation().pictures().isEmpty()
                    ? "there are no validation pictures"
                    : "no validation picture has an object that counts";
            listener.onWarning("%s: %s".formatted(lack, ModelWriter.lastIsTheModel()));
            if (task.settings().schedule().patience() > 0) {
                listener.onWarning("schedule.patience has no effect without a validation: all steps are done");
            }
        }
        warnOfVanishing("training", task.train());
        warnOfVanishing("validation", task.validation());
        double recall = plan.anchorRecall().overall();
        if (recall < ENOUGH_RECALL) {
            listener.onWarning(
                    "anchors reach only %.1f %% of the training boxes: larger pictures (input.short_side) or other anchors would help"
                            .formatted(100 * recall));
        }
    }

    private void warnOfVanishing(String part, Dataset pictures) {
        VanishingObjects vanishing = VanishingObjects.of(pictures, preprocessing);
        if (vanishing.count() > 0) {
            listener.onWarning(
                    "%d of %d %s boxes are smaller than a pixel of the input (%d x %d) and cannot be found: %s"
                            .formatted(
                                    vanishing.count(),
                                    vanishing.all(),
                                    part,
                                    preprocessing.shortSide(),
                                    preprocessing.longSide(),
                                    "a larger input.short_side keeps them"));
        }
    }
}
