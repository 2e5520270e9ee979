package io.hardmine.core.training;

import io.hardmine.core.anchor.AnchorFitter;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.evaluation.CocoScores;
import java.time.Duration;

/** Receives the events of a training run, on the thread of the run. Every method does nothing by default. */
public interface TrainingListener {
    /** Ignores all events. */
    TrainingListener SILENT = new TrainingListener() {};

    /**
     * A phase begins that may take some time.
     *
     * @param what the phase in a few words, such as "measuring a step"
     */
    default void onPhase(String what) {}

    /**
     * Called before the first step.
     *
     * @param plan plan of the run
     */
    default void onStart(TrainingPlan plan) {}

    /** Called after each step. */
    default void onStep(StepReport step) {}

    /**
     * Called after a validation.
     *
     * @param step steps done
     * @param epoch counted from 1
     * @param scores of the averaged weights
     * @param best whether the AP is the highest so far
     */
    default void onValidation(long step, int epoch, CocoScores scores, boolean best) {}

    /**
     * The training ends before its last step, because the validation scores did not improve.
     *
     * @param step steps done
     * @param validations validations since the best one
     */
    default void onEarlyStop(long step, int validations) {}

    /** A warning, in a sentence. */
    default void onWarning(String sentence) {}

    /**
     * Plan of a run.
     *
     * @param firstStep first step to do: 0, or that of a resumed run
     * @param steps of the whole run
     * @param stepsPerEpoch steps of an epoch
     * @param parameters number of trained parameters
     * @param input size of the pictures as the network sees them
     * @param anchors fitted or given
     * @param anchorRecall share of the training boxes that the anchors reach
     * @param backgroundPerEpoch background pictures in every epoch
     * @param kernels name and number format of the kernels
     * @param step measured time of one step
     */
    record TrainingPlan(
            long firstStep,
            long steps,
            int stepsPerEpoch,
            int parameters,
            TrainingSettings.Input input,
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
