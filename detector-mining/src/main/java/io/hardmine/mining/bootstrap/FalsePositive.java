package io.hardmine.mining.bootstrap;

import io.hardmine.datasets.Box;

/**
 * A crop of background, and the score with which the detector takes it for an object.
 *
 * @param picture name of the picture
 * @param region of the crop, in pixels of the picture
 * @param scale pixels of the network's input per pixel of the picture, at which it was detected
 * @param category index of the detected class; −1 for a random crop
 * @param fired the detected box, in pixels of the picture; null for a random crop
 * @param score of the detection, in [0, 1]; a random number for a random crop
 */
public record FalsePositive(String picture, Box region, double scale, int category, Box fired, double score) {
    private static final double SAME_IOU = 0.5;

    /** The same with another score. */
    FalsePositive withScore(double other) {
        return new FalsePositive(picture, region, scale, category, fired, other);
    }

    /** Whether both show the same place, regardless of scale: the IoU of their regions is above 0.5. */
    boolean isSamePlace(FalsePositive other) {
        return isAt(other.picture(), other.region());
    }

    boolean isAt(String otherPicture, Box otherRegion) {
        return picture.equals(otherPicture) && region.iou(otherRegion) > SAME_IOU;
    }
}
