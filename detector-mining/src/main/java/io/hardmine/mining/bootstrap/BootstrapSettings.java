package io.hardmine.mining.bootstrap;

import java.util.List;

/**
 * How background is mined.
 *
 * @param source what the set is filled with
 * @param form how it takes part in training
 * @param rounds mining rounds, spread over the steps between warm-up and 65 % of all
 * @param initial random crops to begin with
 * @param entries bound on the set, in crops
 * @param megabytes bound on the set's pixels, in 10⁶ bytes
 * @param crop side of a crop in pixels of the input; false alarms on larger things get a multiple of it
 * @param scales at which pictures are looked at, as multiples of the network's own input size
 * @param score from here on a detection on background is a false alarm
 * @param margin background keeps this share of a box's sides away from it
 * @param enough mining ends with a round that finds fewer new hard negatives
 */
public record BootstrapSettings(
        Source source,
        Form form,
        int rounds,
        int initial,
        int entries,
        double megabytes,
        int crop,
        List<Double> scales,
        double score,
        double margin,
        int enough) {
    /** Where crops come from. */
    public enum Source {
        /** No bootstrapping: whole background pictures at random. */
        NONE,
        /** What the detector falsely fires on. */
        MINED,
        /** As many random crops as mining would have found: the control. */
        RANDOM
    }

    /** How crops take part in training. */
    public enum Form {
        /** Mosaics of crops fill the background places of batches. */
        CROPS,
        /** Pictures are shown whole, but their background counts only inside the set's regions and near objects. */
        REGIONS
    }

    /** Copies the list and refuses values out of range, naming the field. */
    public BootstrapSettings {
        scales = List.copyOf(scales);
        require(rounds >= 1 && rounds <= 100, "bootstrap.rounds must lie in [1, 100]", rounds);
        require(initial >= 1, "bootstrap.initial must be at least 1", initial);
        require(entries >= 1 && entries <= 1_000_000, "bootstrap.entries must lie in [1, 1000000]", entries);
        require(megabytes > 0, "bootstrap.megabytes must be positive", megabytes);
        require(crop >= 32 && crop <= 1024, "bootstrap.crop must lie in [32, 1024]", crop);
        require(
                !scales.isEmpty() && scales.stream().allMatch(s -> s >= 0.1 && s <= 4),
                "bootstrap.scales must be numbers in [0.1, 4]",
                scales);
        require(score > 0 && score < 1, "bootstrap.score must lie between 0 and 1", score);
        require(margin >= 0 && margin <= 2, "bootstrap.margin must lie in [0, 2]", margin);
        require(enough >= 0, "bootstrap.enough must be at least 0", enough);
    }

    /** No bootstrapping, and what applies as soon as there is a source. */
    public static BootstrapSettings none() {
        return new BootstrapSettings(Source.NONE, Form.CROPS, 4, 64, 1000, 64, 64, List.of(1.0, 0.7), 0.1, 0.1, 5);
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not " + value);
        }
    }
}
