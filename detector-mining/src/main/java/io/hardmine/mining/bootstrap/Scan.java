package io.hardmine.mining.bootstrap;

import io.hardmine.core.training.Setting;
import io.hardmine.core.training.SettingRange;
import java.util.List;

/**
 * How pictures are searched for false alarms on background.
 *
 * @param crop side of a crop in pixels of the input, in [32, 1024]; the side is doubled until a larger false alarm fits
 * @param scales sizes at which a picture is searched, as multiples of the network's input size, each in [0.1, 4]
 * @param score a detection on background with at least this score is a false alarm, between 0 and 1; null to choose it
 *     in each round, by the false alarms on validation pictures ({@link ScanScore})
 * @param margin distance of background from a box, as a share of the box's sides, in [0, 2]
 */
public record Scan(
        @Setting(value = "side of a crop, in pixels of the input", range = "[32, 1024]") int crop,
        @Setting(value = "sizes at which pictures are searched, as multiples of the input", range = "[0.1, 4]")
                List<Double> scales,
        @Setting(
                        value =
                                "a detection on background with at least this score is a false alarm; auto: the score from which on validation pictures have 4 false alarms each",
                        range = "(0, 1)")
                Double score,
        @Setting(value = "background keeps this share of a box's sides away from it", range = "[0, 2]") double margin) {
    /** Copies the list and refuses values out of range, naming the field. */
    public Scan {
        scales = List.copyOf(scales);
        SettingRange.check(Scan.class, "bootstrap.", crop, scales, score, margin);
    }

    /** Crops of 64 pixels at the input size and at 0.7 of it, with a score of 0.1 and a margin of 0.1. */
    public static Scan defaults() {
        return new Scan(64, List.of(1.0, 0.7), 0.1, 0.1);
    }

    /** The same with another side of a crop. */
    public Scan withCrop(int crop) {
        return new Scan(crop, scales, score, margin);
    }

    /** The same at other sizes. */
    public Scan withScales(List<Double> scales) {
        return new Scan(crop, scales, score, margin);
    }

    /** The same with another score; null to choose it in each round. */
    public Scan withScore(Double score) {
        return new Scan(crop, scales, score, margin);
    }

    /** The same with another margin. */
    public Scan withMargin(double margin) {
        return new Scan(crop, scales, score, margin);
    }
}
