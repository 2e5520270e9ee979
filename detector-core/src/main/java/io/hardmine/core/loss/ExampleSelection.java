package io.hardmine.core.loss;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.Targets;
import io.hardmine.core.network.RawOutputs;

/**
 * Chooses the anchors that a step is trained on, given the loss of each anchor under the present weights. The choice
 * gets no gradient. {@link #ALL} is the baseline. Another module implements hard example mining.
 */
public interface ExampleSelection {
    /** Every anchor that is not ignored counts. */
    ExampleSelection ALL = (grid, targets, outputs, losses) -> Selected.EVERYTHING;

    /** One line that distinguishes it from other selections; part of a run's fingerprint and a model's provenance. */
    default String description() {
        return "all";
    }

    /**
     * The selection for one step of a training; by default this one for every step.
     *
     * @param step steps done before it, from 0 on
     * @param steps of the whole training
     */
    default ExampleSelection at(long step, long steps) {
        return this;
    }

    /**
     * Chooses the anchors of a batch.
     *
     * @param grid the anchors
     * @param targets labels, objects and box offsets of the anchors
     * @param outputs of the network
     * @param losses classification loss of each anchor, {@code [b · N + n]}; 0 if it is ignored
     */
    Selected select(AnchorGrid grid, Targets targets, RawOutputs outputs, float[] losses);

    /**
     * The selected anchors.
     *
     * @param counts whether each anchor counts, {@code [b · N + n]}; null to count every anchor that is not ignored
     * @param normalizer number by which the summed classification losses are divided; 0 for the moving average of the
     *     number of object anchors that count. Box losses are always divided by this average
     */
    record Selected(boolean[] counts, double normalizer) {
        static final Selected EVERYTHING = new Selected(null, 0);
    }
}
