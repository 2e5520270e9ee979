/**
 * RetinaNet as modules. Each module plans its operations on the kernels and owns its parameters. Knows nothing of
 * training, of files, or of the meaning of the outputs in pixels.
 */
package io.hardmine.core.network;
