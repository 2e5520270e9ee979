/**
 * What a batch costs: classification and box losses with their gradients by the network's outputs, and the seam at which
 * a strategy chooses the examples that count. Knows nothing of kernels or of mining.
 */
package io.hardmine.core.loss;
