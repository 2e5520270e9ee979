/**
 * How a model's loss is distributed over the anchors of pictures. Measures only; knows nothing of training and the
 * command line.
 */
package io.hardmine.mining.analysis;
