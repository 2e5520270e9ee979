/**
 * The kernels on ND4J's own operations, in NHWC: the reference, which runs on every ND4J backend. Operations and arrays
 * are made once per plan. Knows nothing of networks.
 */
package io.hardmine.core.kernel.nd4j;
