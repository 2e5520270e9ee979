/**
 * Planned numerical operations on activations that an implementation owns: their memory and their layout are its own
 * business; plain NHWC floats exist at the image and at the outputs. Knows nothing of boxes, anchors, losses or files.
 */
package io.hardmine.core.kernel;
