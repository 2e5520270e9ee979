package io.hardmine.mining.bootstrap;

import io.hardmine.core.training.PictureCrop;
import io.hardmine.datasets.Box;

/**
 * A member of the hard example set.
 *
 * @param found place, class and score when it was found
 * @param counters of its time in the set
 * @param thumbnail for telling crops that look alike
 * @param crop its pixels
 */
public record HardExample(FalsePositive found, Counters counters, Thumbnail thumbnail, PictureCrop crop) {
    /**
     * What changes while an example is in the set.
     *
     * @param round in which it was found
     * @param scoreNow of the present detector, at the same place and scale
     * @param timesTrained how often it was shown
     * @param easyRounds consecutive rounds, up to now, in which it scored under the lower threshold
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

    /** After another look at it. */
    HardExample scored(double score, boolean easy) {
        return with(new Counters(round(), score, timesTrained(), easy ? easyRounds() + 1 : 0));
    }

    /** After it was shown {@code times} times more. */
    HardExample trained(int times) {
        return with(new Counters(round(), scoreNow(), timesTrained() + times, easyRounds()));
    }

    private HardExample with(Counters changed) {
        return new HardExample(found, changed, thumbnail, crop);
    }

    /** Its place, with the present score. */
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

    /** Pixels of the network's input for each of the picture's, at which it was seen. */
    public double scale() {
        return found.scale();
    }

    /** Class that fired, as an index; −1 for a random crop. */
    public int category() {
        return found.category();
    }

    /** The box that fired, in pixels of the picture; null for a random crop. */
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

    /** Score of the present detector, at the same place and scale. */
    public double scoreNow() {
        return counters.scoreNow();
    }

    /** How often it was shown in training. */
    public int timesTrained() {
        return counters.timesTrained();
    }

    /** Consecutive rounds, up to now, in which it scored under the lower threshold. */
    public int easyRounds() {
        return counters.easyRounds();
    }

    /** Bytes of its pixels. */
    long bytes() {
        return crop.bgr().length;
    }
}
