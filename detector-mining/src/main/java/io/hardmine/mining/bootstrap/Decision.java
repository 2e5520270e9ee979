package io.hardmine.mining.bootstrap;

import io.hardmine.datasets.Box;

/**
 * What a person decided about a place where the detector fired on background.
 *
 * @param picture name of the picture
 * @param region of the crop that was shown, in pixels of the picture
 * @param fired the detected box, in pixels of the picture
 * @param category name of the detected class
 * @param verdict what the place is
 * @param where file and entry of the decision, for messages
 */
public record Decision(String picture, Box region, Box fired, String category, Verdict verdict, String where) {
    private static final double SAME_IOU = 0.5;

    /** What a place is. */
    public enum Verdict {
        /** Background: a valid hard negative. */
        BACKGROUND,
        /** Unclear: no crop may contain it. */
        UNSURE,
        /** An object without an annotation: no crop may contain it, and it should be annotated. */
        OBJECT
    }

    /** Whether a box shows the same thing as the detected one: their IoU is above 0.5. */
    boolean isAbout(Box box) {
        return fired.iou(box) > SAME_IOU;
    }
}
