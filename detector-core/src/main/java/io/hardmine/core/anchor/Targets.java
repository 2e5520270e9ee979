package io.hardmine.core.anchor;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Training targets of the anchors of a batch, numbered {@code [b · N + n]}.
 *
 * @param batch B, pictures
 * @param anchors N, anchors of a picture
 * @param labels class index of the object, {@link #BACKGROUND} or {@link #IGNORED}
 * @param objects for object anchors the annotation's index in the ground truth of its picture, else −1
 * @param offsets for object anchors the box as (dx, dy, dw, dh), {@code [4 · (b · N + n) + i]}
 * @param positives number of anchors that stand for an object
 */
public record Targets(int batch, int anchors, int[] labels, int[] objects, float[] offsets, int positives) {
    /** Label of an anchor that stands for no object. */
    public static final int BACKGROUND = -1;

    /** Label of an anchor that takes no part in training. */
    public static final int IGNORED = -2;

    /** Writes the targets of one picture. */
    interface PictureTargets {
        /**
         * Fills the picture's part of a batch's arrays.
         *
         * @param first index of the picture's first anchor in {@code labels} and {@code objects}
         * @return number of anchors that stand for an object
         */
        int write(GroundTruth groundTruth, int first, int[] labels, int[] objects, float[] offsets);
    }

    /** The targets of a batch. Handles its pictures in parallel. */
    static Targets of(AnchorGrid grid, List<GroundTruth> groundTruths, PictureTargets picture) {
        int n = grid.size();
        int batch = groundTruths.size();
        int[] labels = new int[batch * n];
        int[] objects = new int[batch * n];
        float[] offsets = new float[4 * batch * n];
        int positives = IntStream.range(0, batch)
                .parallel()
                .map(b -> picture.write(groundTruths.get(b), b * n, labels, objects, offsets))
                .sum();
        return new Targets(batch, n, labels, objects, offsets, positives);
    }
}
