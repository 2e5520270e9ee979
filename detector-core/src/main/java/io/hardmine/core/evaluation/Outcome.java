package io.hardmine.core.evaluation;

/** What a detection turned out to be, at IoU 0.5. */
public enum Outcome {
    /** An object of its class, not found before. */
    FOUND,
    /** An object of its class that a stronger detection found already. */
    DUPLICATE,
    /** Near an object of its class (IoU 0.1 to 0.5), not well enough on it. */
    MISPLACED,
    /** On an object of another class, and near none of its own. */
    WRONG_CLASS,
    /** Where nothing is annotated. */
    NOTHING,
    /** In a crowd or ignored region of its class: counts neither way. */
    UNCOUNTED;

    /** Whether the detector fired where there is no object of the class, not even near. */
    public boolean isFalseAlarm() {
        return this == WRONG_CLASS || this == NOTHING;
    }
}
