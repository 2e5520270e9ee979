package io.hardmine.datasets.sample;

/**
 * What makes the sample set hard. Training pictures resemble a hand-picked selection: many objects, few look-alikes,
 * almost no rare ones. Validation pictures, test pictures and the background pool resemble what a detector meets in
 * use.
 *
 * @param objects number of targets in an annotated picture
 * @param side length of a target or look-alike, in pixels
 * @param contrast how strongly targets and look-alikes differ from the ground, in (0, 1]
 * @param noise standard deviation of the camera's noise, in gray levels of 255
 * @param clutter number of strokes and shards in a picture
 * @param training look-alikes in a training picture
 * @param use look-alikes in a validation or test picture
 * @param background look-alikes in a picture of the background pool
 */
public record Difficulty(
        Range objects,
        Range side,
        double contrast,
        double noise,
        Range clutter,
        LookAlikes training,
        LookAlikes use,
        LookAlikes background) {

    /** The sample set's own; fixed, so that scores on it stay comparable. */
    public static Difficulty standard() {
        return new Difficulty(
                new Range(3, 7),
                new Range(14, 28),
                0.85,
                5,
                new Range(12, 26),
                new LookAlikes(new Range(0, 2), 0.05),
                new LookAlikes(new Range(5, 8), 0.6),
                new LookAlikes(new Range(6, 10), 0.6));
    }

    /**
     * A range of whole numbers, all equally likely.
     *
     * @param least inclusive
     * @param most inclusive
     */
    public record Range(int least, int most) {
        /** Refuses a negative {@code least}, and a {@code most} below {@code least}. */
        public Range {
            if (least < 0 || most < least) {
                throw new IllegalArgumentException("no range: " + least + " to " + most);
            }
        }
    }

    /**
     * How many look-alikes a picture has, and of what sort.
     *
     * @param count number in a picture
     * @param rareShare probability that one is of a rare kind, in [0, 1]
     */
    public record LookAlikes(Range count, double rareShare) {}
}
