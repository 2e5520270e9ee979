package io.hardmine.mining.analysis;

import io.hardmine.core.loss.ClassLoss;

/**
 * The losses of the anchors of some pictures under one loss function.
 *
 * @param loss the loss function
 * @param objects losses of the anchors that stand for an object
 * @param background losses of the anchors that stand for none
 */
public record AnchorLosses(ClassLoss loss, LossHistogram objects, LossHistogram background) {
    /** Share of the total loss that comes from background, in [0, 1]; 0 if the total is 0. */
    public double backgroundShare() {
        double total = objects.total() + background.total();
        return total == 0 ? 0 : background.total() / total;
    }
}
