package io.hardmine.core.loss;

import io.hardmine.core.network.RawOutputs;

/**
 * What a batch cost.
 *
 * @param classification classification loss, normalised
 * @param box box loss, normalised
 * @param byPicture classification loss of each picture's examples that count, not normalised
 * @param gradients derivative of their sum by the network's outputs
 */
public record Losses(double classification, double box, double[] byPicture, RawOutputs gradients) {
    /** What training lowers. */
    public double total() {
        return classification + box;
    }
}
