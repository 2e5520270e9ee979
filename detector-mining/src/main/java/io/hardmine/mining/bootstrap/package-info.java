/**
 * Bootstrapping, or hard negative mining (Sung and Poggio 1994; Felzenszwalb et al. 2010, section 4.4): a bounded set
 * of background crops on which the detector fires, renewed between rounds of training. Implements the trainer's {@code
 * BackgroundSource}; knows nothing of the command line.
 */
package io.hardmine.mining.bootstrap;
