package io.hardmine.core.loss;

import io.hardmine.core.network.RawOutputs;

/**
 * What a batch cost.
 *
 * @param classification classification loss, normalised
 * @param box box loss, normalised
 * @param gradients derivative of their sum by the network's outputs
 */
public record Losses(double classification, double box, RawOutputs gradients) {
    /** What training lowers. */
    public double total() {
        return classification + box;
    }
}
