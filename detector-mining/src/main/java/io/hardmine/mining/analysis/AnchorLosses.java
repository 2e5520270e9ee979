package io.hardmine.mining.analysis;

import io.hardmine.core.loss.ClassLoss;

/**
 * What the anchors of some pictures cost under one loss.
 *
 * @param loss by which the anchors were judged
 * @param objects losses of the anchors that stand for an object
 * @param background losses of the anchors that stand for none
 */
public record AnchorLosses(ClassLoss loss, LossHistogram objects, LossHistogram background) {
    /** Share of the whole loss that background carries, in [0, 1]; 0 where nothing costs anything. */
    public double backgroundShare() {
        double total = objects.total() + background.total();
        return total == 0 ? 0 : background.total() / total;
    }
}
