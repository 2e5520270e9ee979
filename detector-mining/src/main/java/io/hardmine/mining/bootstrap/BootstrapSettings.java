package io.hardmine.mining.bootstrap;

import io.hardmine.core.training.Setting;
import io.hardmine.core.training.SettingRange;
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
        @Setting("background crops to train on: false alarms (mined), as many at random, or none of them")
                Source source,
        @Setting("how crops take part: as mosaics, or as regions of whole pictures") Form form,
        @Setting(value = "mining rounds, from the warm-up to 65 % of the steps", range = "[1, 100]") int rounds,
        @Setting(value = "random crops to begin with", range = "[1, ∞)") int initial,
        @Setting(value = "bound on the set, in crops", range = "[1, 1000000]") int entries,
        @Setting(value = "bound on the set's pixels, in megabytes", range = "(0, ∞)") double megabytes,
        @Setting(value = "side of a crop, in pixels of the input", range = "[32, 1024]") int crop,
        @Setting(value = "sizes at which pictures are searched, as multiples of the input", range = "[0.1, 4]")
                List<Double> scales,
        @Setting(value = "a detection on background with at least this score is a false alarm", range = "(0, 1)")
                double score,
        @Setting(value = "background keeps this share of a box's sides away from it", range = "[0, 2]") double margin,
        @Setting(value = "mining ends with a round that finds fewer new false alarms", range = "[0, ∞)") int enough) {
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
        SettingRange.check(
                BootstrapSettings.class,
                "bootstrap.",
                source,
                form,
                rounds,
                initial,
                entries,
                megabytes,
                crop,
                scales,
                score,
                margin,
                enough);
    }

    /** No bootstrapping, and what applies as soon as there is a source. */
    public static BootstrapSettings none() {
        return new BootstrapSettings(Source.NONE, Form.CROPS, 4, 64, 1000, 64, 64, List.of(1.0, 0.7), 0.1, 0.1, 5);
    }
}
