package io.hardmine.core.anchor;

/**
 * What each anchor of a batch should say, numbered {@code [b · N + n]}.
 *
 * @param batch B, pictures
 * @param anchors N, anchors of a picture
 * @param labels class index of the object, {@link #BACKGROUND} or {@link #IGNORED}
 * @param objects for object anchors the annotation's index in its picture's scene, else −1
 * @param offsets for object anchors the box as (dx, dy, dw, dh), {@code [4 · (b · N + n) + i]}
 * @param positives how many anchors stand for an object
 */
public record Targets(int batch, int anchors, int[] labels, int[] objects, float[] offsets, int positives) {
    /** Label of an anchor that stands for no object. */
    public static final int BACKGROUND = -1;

    /** Label of an anchor that takes no part. */
    public static final int IGNORED = -2;
}
