package io.hardmine.core.loss;

import io.hardmine.core.network.RawOutputs;

/**
 * What a batch cost.
 *
 * @param classification classification loss, normalized and weighted
 * @param box box loss, normalized and weighted
 * @param byPicture classification loss of each picture's examples that count, neither normalized nor weighted
 * @param confusion cross-entropy of the scores that each picture's object anchors give to other classes than their own,
 *     {@code Σ −log(1 − p_k)}, of the anchors that count; neither normalized nor weighted. High if the network confuses classes
 * @param gradients derivative of their sum by the network's outputs
 */
public record Losses(double classification, double box, double[] byPicture, double[] confusion, RawOutputs gradients) {
    /** What training lowers. */
    public double total() {
        return classification + box;
    }
}
