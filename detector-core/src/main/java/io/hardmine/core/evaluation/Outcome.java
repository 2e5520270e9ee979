package io.hardmine.core.evaluation;

/** What a detection turned out to be, at IoU 0.5. */
public enum Outcome {
    /** It found an object of its class. */
    FOUND,
    /** It is on an object of its class that a stronger detection has found. */
    DUPLICATE,
    /** It is near an object of its class, but badly placed (IoU 0.1 to 0.5). */
    MISPLACED,
    /** It is on an object of another class and near none of its own class. */
    WRONG_CLASS,
    /** It is where nothing is annotated. */
    NOTHING,
    /** It is in a crowd or ignored region of its class and is not counted. */
    UNCOUNTED;

    /** Whether the detector fired where there is no object of the class, not even near. */
    public boolean isFalseAlarm() {
        return this == WRONG_CLASS || this == NOTHING;
    }
}
