package io.hardmine.mining.bootstrap;

import io.hardmine.core.training.PictureCrop;
import io.hardmine.datasets.Box;

/**
 * A member of the hard example set.
 *
 * @param found place, class and score when it was found
 * @param counters values that change while it is in the set
 * @param thumbnail to recognize crops that look alike
 * @param crop its pixels
 */
public record HardExample(FalsePositive found, Counters counters, Thumbnail thumbnail, PictureCrop crop) {
    /**
     * Values that change while an example is in the set.
     *
     * @param round in which it was found
     * @param scoreNow score of the current detector, at the same place and scale
     * @param timesTrained how often it was shown in training
     * @param easyRounds consecutive rounds, up to now, in which its score was below the threshold of easy members
     */
    public record Counters(int round, double scoreNow, int timesTrained, int easyRounds) {}

    /** An example with the pixels of its place. */
    public static HardExample of(FalsePositive found, Counters counters, PictureCrop crop) {
        return new HardExample(found, counters, Thumbnail.of(crop), crop);
    }

    /** A new member. */
    static HardExample found(FalsePositive found, int round, PictureCrop crop) {
        return of(found, new Counters(round, found.score(), 0, 0), crop);
    }

    /** The example after a round that scored it again. */
    HardExample scored(double score, boolean easy) {
        return with(new Counters(round(), score, timesTrained(), easy ? easyRounds() + 1 : 0));
    }

    /** The example after {@code times} more showings. */
    HardExample trained(int times) {
        return with(new Counters(round(), scoreNow(), timesTrained() + times, easyRounds()));
    }

    private HardExample with(Counters changed) {
        return new HardExample(found, changed, thumbnail, crop);
    }

    /** Its place, with the current score. */
    FalsePositive place() {
        return found.withScore(scoreNow());
    }

    /** Name of the picture that it comes from. */
    public String picture() {
        return found.picture();
    }

    /** The crop's place, in pixels of the picture. */
    public Box region() {
        return found.region();
    }

    /** Pixels of the network's input per pixel of the picture, at which it was detected. */
    public double scale() {
        return found.scale();
    }

    /** Index of the detected class; −1 for a random crop. */
    public int category() {
        return found.category();
    }

    /** The detected box, in pixels of the picture; null for a random crop. */
    public Box fired() {
        return found.fired();
    }

    /** Score of the detector when the example was found, at this place and scale. */
    public double scoreThen() {
        return found.score();
    }

    /** Round in which it was found. */
    public int round() {
        return counters.round();
    }

    /** Score of the current detector, at the same place and scale. */
    public double scoreNow() {
        return counters.scoreNow();
    }

    /** How often it was shown in training. */
    public int timesTrained() {
        return counters.timesTrained();
    }

    /** Consecutive rounds, up to now, in which its score was below the threshold of easy members. */
    public int easyRounds() {
        return counters.easyRounds();
    }

    /** Size of its pixels, in bytes. */
    long bytes() {
        return crop.bgr().length;
    }
}
