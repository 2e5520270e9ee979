package io.hardmine.core.loss;

import io.hardmine.core.network.RawOutputs;

/**
 * What a batch cost.
 *
 * @param classification classification loss, normalized
 * @param box box loss, normalized
 * @param byPicture classification loss of each picture's examples that count, not normalized
 * @param gradients derivative of their sum by the network's outputs
 */
public record Losses(double classification, double box, double[] byPicture, RawOutputs gradients) {
    /** What training lowers. */
    public double total() {
        return classification + box;
    }
}
