package io.hardmine.core.kernel;

/**
 * Memory that the plans of one thread share, since only one of them runs at a time: activations, gradients and scratch
 * of several planned sizes do not add up. What lies there may move or be lost when a plan is made or closed. Close it after
 * its plans.
 */
public interface Workspace extends AutoCloseable {
    @Override
    void close();
}
