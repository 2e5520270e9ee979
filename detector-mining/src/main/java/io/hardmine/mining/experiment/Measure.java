package io.hardmine.mining.experiment;

/** The measures of a run. */
public enum Measure {
    /** COCO's average precision, IoU 0.50 to 0.95. */
    AP("AP", "AP", "highest AP", true),
    /** COCO's average precision at IoU 0.5. */
    AP50("AP50", "AP50", "highest AP50", true),
    /** Share of the objects that are found if all detections are shown. */
    HIGHEST_RECALL("highest_recall", "highest recall", "highest recall", true),
    /** False alarms per picture at the highest threshold that finds 8 of 10 objects. */
    ALARMS_AT_80(
            "false_alarms_at_recall_0.8",
            "false alarms per picture at recall 0.8",
            "fewest false alarms per picture at recall 0.8",
            false),
    /** False alarms per picture at the highest threshold that finds 9 of 10 objects. */
    ALARMS_AT_90(
            "false_alarms_at_recall_0.9",
            "false alarms per picture at recall 0.9",
            "fewest false alarms per picture at recall 0.9",
            false),
    /** Seconds spent in training steps and mining rounds; validations and interruptions do not count. */
    TRAINING_SECONDS("training_seconds", "training time", "shortest training time", false);

    private final String key;
    private final String title;
    private final String best;
    private final boolean moreIsBetter;

    /** A difference in a score that does not matter in practice. */
    private static final double NEGLIGIBLE_SCORE = 0.005;

    /** A difference in false alarms per picture that does not matter in practice. */
    private static final double NEGLIGIBLE_ALARMS = 0.01;

    Measure(String key, String title, String best, boolean moreIsBetter) {
        this.key = key;
        this.title = title;
        this.best = best;
        this.moreIsBetter = moreIsBetter;
    }

    /** Its name in files. */
    public String key() {
        return key;
    }

    /** Its name in text. */
    public String title() {
        return title;
    }

    /** The name of its best value. */
    String best() {
        return best;
    }

    /** The largest difference that does not matter in practice; 0 for times. */
    double negligible() {
        return switch (this) {
            case AP, AP50, HIGHEST_RECALL -> NEGLIGIBLE_SCORE;
            case ALARMS_AT_80, ALARMS_AT_90 -> NEGLIGIBLE_ALARMS;
            case TRAINING_SECONDS -> 0;
        };
    }

    /** Whether a larger number is better. */
    public boolean moreIsBetter() {
        return moreIsBetter;
    }
}
