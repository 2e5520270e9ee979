package io.hardmine.core.kernel;

/** What an operation applies to its result before it stores it. */
public enum Fusion {
    /** Nothing. */
    NONE,
    /** max(0, ·). */
    RELU
}
