/**
 * The kernels on oneDNN's own primitives through its JavaCPP preset: fused operations, activations in oneDNN's blocked
 * layout from the image to the outputs, one arena for the plans of a thread. Knows nothing of networks.
 */
package io.hardmine.core.kernel.onednn;
