/**
 * Losses of a batch: classification and box losses with their gradients by the network's outputs, and the interface by
 * which a strategy selects the anchors that count. Knows nothing of kernels or of mining.
 */
package io.hardmine.core.loss;
