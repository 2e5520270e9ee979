package io.hardmine.core.training;

/**
 * Results of one training step.
 *
 * @param step counted from 1
 * @param epoch counted from 1
 * @param classLoss classification loss
 * @param boxLoss box loss
 * @param rate learning rate
 * @param gradientNorm before clipping
 * @param clipped whether the gradient's norm was over its bound, so that the gradient was scaled down to it
 * @param positives number of anchors that stood for an object
 * @param times milliseconds of each part
 */
public record StepReport(
        long step,
        int epoch,
        double classLoss,
        double boxLoss,
        double rate,
        double gradientNorm,
        boolean clipped,
        int positives,
        Times times) {

    /**
     * Milliseconds of each part of a step.
     *
     * @param load waiting for the batch
     * @param match assigning anchors
     * @param forward network
     * @param loss losses and selection
     * @param backward network
     * @param update clipping, optimizer, average, handing the weights to the kernels
     */
    public record Times(double load, double match, double forward, double loss, double backward, double update) {
        /** Sum of all parts except {@code load}. */
        public double computing() {
            return match + forward + loss + backward + update;
        }
    }
}
