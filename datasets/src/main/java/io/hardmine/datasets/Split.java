package io.hardmine.datasets;

/** The part of a data set that a picture belongs to. */
public enum Split {
    /** Weights are fitted to it. */
    TRAIN,
    /** Checkpoints, thresholds and settings are chosen on it. */
    VALIDATION,
    /** The final scores are measured on it, once. */
    TEST
}
