/** Anchors: their grid, their fit to a data set, which object each stands for, and boxes as offsets from them. Knows nothing of kernels. */
package io.hardmine.core.anchor;
