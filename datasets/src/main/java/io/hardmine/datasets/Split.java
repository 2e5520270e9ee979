package io.hardmine.datasets;

/** The part that a picture plays. */
public enum Split {
    /** Weights are fitted to it. */
    TRAIN,
    /** Checkpoints, thresholds and settings are chosen on it. */
    VALIDATION,
    /** Looked at once, at the end. */
    TEST
}
