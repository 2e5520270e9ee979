package io.hardmine.mining.bootstrap;

import io.hardmine.datasets.Box;

/**
 * What a person decided about a place where the detector fired on background.
 *
 * @param picture name of the picture
 * @param region of the crop that was shown, in pixels of the picture
 * @param fired the box that fired, in pixels of the picture
 * @param category name of the class that fired
 * @param verdict what the place is
 * @param where it is written down, for messages
 */
public record Decision(String picture, Box region, Box fired, String category, Verdict verdict, String where) {
    private static final double SAME_IOU = 0.5;

    /** What a place is. */
    public enum Verdict {
        /** Background: a fair hard negative. */
        BACKGROUND,
        /** Not clear: no crop may hold it. */
        UNSURE,
        /** An object that nobody annotated: no crop may hold it, and it belongs into the annotations. */
        OBJECT
    }

    /** Whether both boxes show the same thing. */
    boolean isAbout(Box box) {
        return fired.iou(box) > SAME_IOU;
    }
}
