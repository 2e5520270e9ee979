package io.hardmine.core.kernel;

/** A tensor between two planned operations. A handle: its memory and its layout belong to the kernels that made it. */
public interface Tensor {
    /** Its size; says nothing about its layout in memory. */
    Shape shape();
}
