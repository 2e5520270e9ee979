/** The detector: kernels, network, losses, training, detection and evaluation, a package each. Knows nothing of mining or of the command line. */
package io.hardmine.core;
