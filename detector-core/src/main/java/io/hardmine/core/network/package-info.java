/**
 * RetinaNet as modules: each plans its operations on the kernels and owns its parameters. Knows nothing of training, of
 * files, or of what its outputs mean in pixels.
 */
package io.hardmine.core.network;
