package io.hardmine.core.training;

import io.hardmine.core.anchor.AnchorFitter;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.evaluation.CocoScores;
import java.time.Duration;

/** Hears what happens in a training run, on its thread. */
public interface TrainingListener {
    /** Hears nothing. */
    TrainingListener SILENT = new TrainingListener() {};

    /**
     * Something begins that may take longer than a moment.
     *
     * @param what in a few words, such as "measuring a step"
     */
    default void onPhase(String what) {}

    /**
     * Before the first step.
     *
     * @param plan what will be done
     */
    default void onStart(TrainingPlan plan) {}

    /** After each step. */
    default void onStep(StepReport step) {}

    /** After a validation. */
    default void onValidation(long step, int epoch, CocoScores scores, boolean best) {}

    /**
     * The training ends before its last step, because the scores stay where they are.
     *
     * @param step steps done
     * @param validations validations since the best one
     */
    default void onEarlyEnd(long step, int validations) {}

    /** Something that deserves attention, in a sentence. */
    default void onWarning(String sentence) {}

    /**
     * What will be done.
     *
     * @param firstStep 0, or where a resumed run goes on
     * @param steps of the whole run
     * @param stepsPerEpoch steps of an epoch
     * @param parameters trained numbers
     * @param anchors fitted or given
     * @param anchorRecall how well they cover the training boxes
     * @param backgroundPerEpoch background pictures in every epoch
     * @param kernels what runs the network
     * @param step time of one step, measured
     */
    record TrainingPlan(
            long firstStep,
            long steps,
            int stepsPerEpoch,
            int parameters,
            AnchorShapes anchors,
            AnchorFitter.Recall anchorRecall,
            int backgroundPerEpoch,
            String kernels,
            Duration step) {
        /** Estimated time until the last step, without validations. */
        public Duration estimate() {
            return step.multipliedBy(steps - firstStep);
        }
    }
}
