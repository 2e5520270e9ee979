package io.hardmine.mining.bootstrap;

import io.hardmine.core.training.PictureCrop;
import io.hardmine.datasets.Box;

/**
 * A member of the hard example set.
 *
 * @param picture name of the picture it comes from
 * @param region in pixels of the picture
 * @param scale pixels of the network's input for each of the picture's, at which it was seen
 * @param category class that fired, as an index; −1 for a random crop
 * @param fired the box that fired, in pixels of the picture; null for a random crop
 * @param round in which it was found
 * @param scoreThen of the detector when it was found, at this place and scale
 * @param scoreNow of the present detector, at the same place and scale
 * @param timesTrained how often it was shown
 * @param easyRounds rounds on end in which it scored under the lower threshold
 * @param thumbnail for telling crops that look alike
 * @param crop its pixels
 */
public record HardExample(
        String picture,
        Box region,
        double scale,
        int category,
        Box fired,
        int round,
        double scoreThen,
        double scoreNow,
        int timesTrained,
        int easyRounds,
        Thumbnail thumbnail,
        PictureCrop crop) {

    /** A new member. */
    static HardExample found(FalsePositive falsePositive, int round, PictureCrop crop) {
        return new HardExample(
                falsePositive.picture(),
                falsePositive.region(),
                falsePositive.scale(),
                falsePositive.category(),
                falsePositive.fired(),
                round,
                falsePositive.score(),
                falsePositive.score(),
                0,
                0,
                Thumbnail.of(crop),
                crop);
    }

    /** After another look at it. */
    HardExample scored(double score, boolean easy) {
        return new HardExample(
                picture,
                region,
                scale,
                category,
                fired,
                round,
                scoreThen,
                score,
                timesTrained,
                easy ? easyRounds + 1 : 0,
                thumbnail,
                crop);
    }

    /** After it was shown so many times more. */
    HardExample trained(int times) {
        return new HardExample(
                picture,
                region,
                scale,
                category,
                fired,
                round,
                scoreThen,
                scoreNow,
                timesTrained + times,
                easyRounds,
                thumbnail,
                crop);
    }

    /** Where it lies. */
    FalsePositive place() {
        return new FalsePositive(picture, region, scale, category, fired, scoreNow);
    }

    /** Bytes of its pixels. */
    long bytes() {
        return crop.bgr().length;
    }
}
