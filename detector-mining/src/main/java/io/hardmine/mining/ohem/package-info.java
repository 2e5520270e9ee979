/**
 * Online hard example mining (Shrivastava et al. 2016) on the anchors of a dense detector: which of a step's examples
 * are trained on. Implements the trainer's {@code ExampleSelection} and {@code RepeatFactors}; knows nothing of files
 * and mining rounds.
 */
package io.hardmine.mining.ohem;
