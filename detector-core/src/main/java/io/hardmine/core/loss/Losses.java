package io.hardmine.core.loss;

import io.hardmine.core.network.RawOutputs;

/**
 * Losses of a batch.
 *
 * @param classification classification loss, normalized and weighted
 * @param box box loss, normalized and weighted
 * @param byPicture classification loss of each picture, summed over the anchors that count; neither normalized nor
 *     weighted
 * @param confusion cross-entropy {@code Σ −log(1 − p_k)} of each picture, summed over the absent classes of the object
 *     anchors that count; neither normalized nor weighted. High if the network confuses classes
 * @param gradients derivative of {@link #total} by the network's outputs
 */
public record Losses(double classification, double box, double[] byPicture, double[] confusion, RawOutputs gradients) {
    /** The number that training minimizes. */
    public double total() {
        return classification + box;
    }
}
