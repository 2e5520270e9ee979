package io.hardmine.mining.bootstrap;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.hardmine.core.training.Setting;
import io.hardmine.core.training.SettingRange;

/**
 * How background is mined.
 *
 * @param source where the crops of the set come from
 * @param form how the set takes part in training
 * @param rounds number of mining rounds, spread over the steps between the warm-up and 65 % of all steps
 * @param initial number of random crops to begin with
 * @param entries bound on the set, in crops
 * @param megabytes bound on the set's pixels, in 10⁶ bytes
 * @param scan how pictures are searched; in a settings file its fields are at the same level as the others
 * @param enough mining ends with a round that adds fewer hard negatives
 */
public record BootstrapSettings(
        @Setting(
                        "background to train on: where the detector falsely fires (mined), as many places at random, or whole pictures at random (none)")
                Source source,
        @Setting("how crops take part: as mosaics, by their whole pictures, or as regions of these") Form form,
        @Setting(value = "mining rounds, from the warm-up to 65 % of the steps", range = "[1, 100]") int rounds,
        @Setting(value = "random crops to begin with", range = "[1, ∞)") int initial,
        @Setting(value = "bound on the set, in crops", range = "[1, 1000000]") int entries,
        @Setting(value = "bound on the set's pixels, in megabytes", range = "(0, ∞)") double megabytes,
        @JsonUnwrapped Scan scan,
        @Setting(value = "mining ends with a round that finds fewer new false alarms", range = "[0, ∞)") int enough) {
    /** Where crops come from. */
    public enum Source {
        /** No bootstrapping: whole background pictures at random. */
        NONE,
        /** Crops on which the detector falsely fires. */
        MINED,
        /** As many random crops as mining would have found: the control. */
        RANDOM
    }

    /** How crops take part in training. */
    public enum Form {
        /** Mosaics of crops fill the background places of batches. */
        CROPS,
        /** The crops' pictures are shown whole, one of many crops more often than one of few. */
        PICTURES,
        /** Pictures are shown whole, but their background counts only inside the set's regions and near objects. */
        REGIONS
    }

    /** Refuses values out of range, naming the field. */
    public BootstrapSettings {
        SettingRange.check(
                BootstrapSettings.class, "bootstrap.", source, form, rounds, initial, entries, megabytes, scan, enough);
    }

    /** No bootstrapping. The other fields have the values that apply once a source is set. */
    public static BootstrapSettings none() {
        return new BootstrapSettings(Source.NONE, Form.PICTURES, 4, 64, 1000, 64, Scan.defaults(), 5);
    }

    /** The same with another source of crops. */
    public BootstrapSettings withSource(Source source) {
        return new BootstrapSettings(source, form, rounds, initial, entries, megabytes, scan, enough);
    }

    /** The same with another form. */
    public BootstrapSettings withForm(Form form) {
        return new BootstrapSettings(source, form, rounds, initial, entries, megabytes, scan, enough);
    }

    /** The same with another number of rounds. */
    public BootstrapSettings withRounds(int rounds) {
        return new BootstrapSettings(source, form, rounds, initial, entries, megabytes, scan, enough);
    }

    /** The same with another number of random crops to begin with. */
    public BootstrapSettings withInitial(int initial) {
        return new BootstrapSettings(source, form, rounds, initial, entries, megabytes, scan, enough);
    }

    /** The same with another bound on the set, in crops. */
    public BootstrapSettings withEntries(int entries) {
        return new BootstrapSettings(source, form, rounds, initial, entries, megabytes, scan, enough);
    }

    /** The same with another bound on the set's pixels, in 10⁶ bytes. */
    public BootstrapSettings withMegabytes(double megabytes) {
        return new BootstrapSettings(source, form, rounds, initial, entries, megabytes, scan, enough);
    }

    /** The same with another search. */
    public BootstrapSettings with(Scan scan) {
        return new BootstrapSettings(source, form, rounds, initial, entries, megabytes, scan, enough);
    }

    /** The same with another number of new hard negatives that a round must add for mining to continue. */
    public BootstrapSettings withEnough(int enough) {
        return new BootstrapSettings(source, form, rounds, initial, entries, megabytes, scan, enough);
    }
}
