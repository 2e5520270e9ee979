/**
 * The OpenMP runtime that native kernels run on: its threads, and the processors that it binds them to. Knows nothing of
 * kernels.
 */
package io.hardmine.core.kernel.openmp;
