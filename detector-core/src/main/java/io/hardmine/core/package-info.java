/**
 * The detector, with one package for each part: kernels, network, anchors, losses, training, models, export, detection
 * and evaluation. Knows nothing of mining or of the command line.
 */
package io.hardmine.core;
