package io.hardmine.core.kernel;

/**
 * Memory that the plans of one thread share: activations, gradients and scratch. Only one of the plans runs at a time,
 * so the memory of several planned sizes does not add up. The contents may move or be lost when a plan is made or
 * closed. Close a workspace after its plans.
 */
public interface Workspace extends AutoCloseable {
    @Override
    void close();
}
