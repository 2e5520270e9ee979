/**
 * Online hard example mining (Shrivastava et al. 2016) on the anchors of a dense detector: which of a step's examples are
 * trained on. Knows the trainer's seam for that and nothing of files, pictures or rounds.
 */
package io.hardmine.mining.ohem;
