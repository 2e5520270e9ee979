package io.hardmine.core.training;

import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.detection.VisibleObjects;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;

/** Tells the listener before the first step the plan of the run, and warns of problems in its data. */
final class Announcement {
    /** Share of the training boxes that anchors should reach. */
    private static final double ENOUGH_RECALL = 0.99;

    /** Side, √area in pixels of the input, below which an object is hard to find. */
    private static final int SMALL_SIDE = 16;

    /** Share of the training boxes that may be so small without a warning. */
    private static final double FEW_SMALL = 0.25;

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
        ObjectCount vanishing = ObjectCount.of(task.train(), preprocessing, VisibleObjects::vanishes);
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
        warnOfShrunk();
        double recall = plan.anchorRecall().overall();
        if (recall < ENOUGH_RECALL) {
            listener.onWarning(
                    "anchors reach only %.1f %% of the training boxes: larger pictures (input.short_side) or other anchors would help"
                            .formatted(100 * recall));
        }
    }

    private void warnOfVanishing(String part, Dataset pictures) {
        ObjectCount vanishing = ObjectCount.of(pictures, preprocessing, VisibleObjects::vanishes);
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

    private void warnOfShrunk() {
        ObjectCount shrunk = ObjectCount.of(task.train(), preprocessing, Announcement::isShrunk);
        if (shrunk.count() > FEW_SMALL * shrunk.all()) {
            listener.onWarning(
                    "%d of %d training boxes have fewer than %d x %d pixels in the input (%d x %d) and more in their pictures: %s"
                            .formatted(
                                    shrunk.count(),
                                    shrunk.all(),
                                    SMALL_SIDE,
                                    SMALL_SIDE,
                                    preprocessing.shortSide(),
                                    preprocessing.longSide(),
                                    "with a larger input.short_side and input.long_side more of them are found, and a step takes longer in proportion to the area"));
        }
    }

    /** Whether an object is small in the input because its picture is made smaller. */
    private static boolean isShrunk(Box box, ImageTransform transform) {
        double area = transform.toInput(box).area();
        return area < SMALL_SIDE * SMALL_SIDE && area < box.area();
    }
}
