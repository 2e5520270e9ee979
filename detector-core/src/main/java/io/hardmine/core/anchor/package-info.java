/**
 * Anchors: their grid, their fit to a data set, their assignment to objects, and the box coder. Knows nothing of
 * kernels.
 */
package io.hardmine.core.anchor;
