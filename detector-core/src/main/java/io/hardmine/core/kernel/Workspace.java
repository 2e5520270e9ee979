package io.hardmine.core.kernel;

/**
 * Memory that the plans of one thread share, since only one of them runs at a time: activations, gradients and scratch
 * of several planned sizes do not add up. Close it after its plans.
 */
public interface Workspace extends AutoCloseable {
    @Override
    void close();
}
