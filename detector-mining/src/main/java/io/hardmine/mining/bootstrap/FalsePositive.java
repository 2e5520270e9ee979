package io.hardmine.mining.bootstrap;

import io.hardmine.datasets.Box;

/**
 * A piece of background, and how surely the detector takes it for an object.
 *
 * @param picture name of the picture
 * @param region of the crop, in pixels of the picture
 * @param scale pixels of the network's input for each of the picture's, at which it was seen
 * @param category class that fired, as an index; −1 for a random crop
 * @param fired the box that fired, in pixels of the picture; null for a random crop
 * @param score of the detection; for a random crop its place in a random order
 */
public record FalsePositive(String picture, Box region, double scale, int category, Box fired, double score) {
    private static final double SAME_IOU = 0.5;

    /** The same with another score. */
    FalsePositive withScore(double other) {
        return new FalsePositive(picture, region, scale, category, fired, other);
    }

    /** Whether both show the same place, regardless of scale. */
    boolean isSamePlace(FalsePositive other) {
        return isAt(other.picture(), other.region());
    }

    boolean isAt(String otherPicture, Box otherRegion) {
        return picture.equals(otherPicture) && region.iou(otherRegion) > SAME_IOU;
    }
}
