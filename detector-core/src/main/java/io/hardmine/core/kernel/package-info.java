/**
 * Planned numerical operations on activations. An implementation decides on the memory and the layout of the
 * activations; only the image and the outputs are plain NHWC floats. Knows nothing of boxes, anchors, losses or files.
 */
package io.hardmine.core.kernel;
