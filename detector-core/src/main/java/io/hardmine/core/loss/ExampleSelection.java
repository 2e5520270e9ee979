package io.hardmine.core.loss;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.Targets;
import io.hardmine.core.network.RawOutputs;

/**
 * Which examples of a step count, given what each costs under the present weights. Takes no gradient. {@link #ALL} is
 * the baseline; hard example mining lives elsewhere.
 */
public interface ExampleSelection {
    /** Every anchor that is not ignored counts. */
    ExampleSelection ALL = (grid, targets, outputs, losses) -> Selected.EVERYTHING;

    /** What distinguishes it from another selection, in a line: part of a run's fingerprint and a model's provenance. */
    default String description() {
        return "all";
    }

    /**
     * The selection of one step of a training; this one if it is the same throughout.
     *
     * @param step steps done before it, from 0 on
     * @param steps of the whole training
     */
    default ExampleSelection at(long step, long steps) {
        return this;
    }

    /**
     * Chooses.
     *
     * @param grid the anchors
     * @param targets what each anchor should say
     * @param outputs what each says
     * @param losses classification loss of each anchor, {@code [b · N + n]}; 0 where ignored
     */
    Selected select(AnchorGrid grid, Targets targets, RawOutputs outputs, float[] losses);

    /**
     * The choice.
     *
     * @param counts whether each anchor counts, {@code [b · N + n]}; null for every one that is not ignored
     * @param normalizer what the summed classification losses are divided by; 0 for the moving average of the number of
     *     object anchors that count, which box losses are divided by in any case
     */
    record Selected(boolean[] counts, double normalizer) {
        static final Selected EVERYTHING = new Selected(null, 0);
    }
}
