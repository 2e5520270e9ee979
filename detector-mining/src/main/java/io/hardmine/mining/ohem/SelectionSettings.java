package io.hardmine.mining.ohem;

import io.hardmine.core.loss.ExampleSelection;
import io.hardmine.core.training.RepeatFactors;
import io.hardmine.core.training.Setting;
import io.hardmine.core.training.SettingRange;

/**
 * Which examples of a training step count, by name.
 *
 * @param kind the rule
 * @param hardest examples of a picture that are trained on at most, for OHEM
 * @param suppressionIou of two anchors that overlap more, and stand for the same, the one with the lower loss goes
 * @param pictureRepeats how often a picture whose loss stays high is shown in an epoch at most; 1 for every picture once
 */
public record SelectionSettings(
        @Setting("which anchors of a step count: all, the hardest, or the hardest with 3 background for an object")
                Kind kind,
        @Setting(value = "anchors of a picture that OHEM trains on at most", range = "[1, 100000]") int hardest,
        @Setting(value = "of two anchors that overlap more than this, OHEM drops the easier one", range = "(0, 1]")
                double suppressionIou,
        @Setting(
                        value = "how often an epoch shows a picture whose loss stays high, at most; 1: all once",
                        range = "[1, 100]")
                int pictureRepeats) {
    private static final int OBJECTS_TO_BACKGROUND = 3;

    /** Rules by name. */
    public enum Kind {
        /** Every anchor that is not ignored. */
        ALL,
        /** The hardest of each picture (Shrivastava et al. 2016). */
        OHEM,
        /** The same with at most three background examples for an object. */
        OHEM_1_3
    }

    /** Refuses values out of range, naming the field. */
    public SelectionSettings {
        SettingRange.check(SelectionSettings.class, "selection.", kind, hardest, suppressionIou, pictureRepeats);
    }

    /** Every anchor counts. */
    public static SelectionSettings all() {
        return new SelectionSettings(Kind.ALL, 64, 0.7, 1);
    }

    /** The same with another rule. */
    public SelectionSettings withKind(Kind kind) {
        return new SelectionSettings(kind, hardest, suppressionIou, pictureRepeats);
    }

    /** The same with another number of examples of a picture. */
    public SelectionSettings withHardest(int hardest) {
        return new SelectionSettings(kind, hardest, suppressionIou, pictureRepeats);
    }

    /** The same with another overlap at which the easier of two anchors goes. */
    public SelectionSettings withSuppressionIou(double suppressionIou) {
        return new SelectionSettings(kind, hardest, suppressionIou, pictureRepeats);
    }

    /** The same with another number of repeats. */
    public SelectionSettings withPictureRepeats(int pictureRepeats) {
        return new SelectionSettings(kind, hardest, suppressionIou, pictureRepeats);
    }

    /** How often pictures are shown. */
    public RepeatFactors repetition() {
        return pictureRepeats == 1 ? RepeatFactors.ONCE : new HardPictures(pictureRepeats);
    }

    /** The rule itself. */
    public ExampleSelection create() {
        return switch (kind) {
            case ALL -> ExampleSelection.ALL;
            case OHEM -> new HardExampleSelection(new OhemSettings(hardest, suppressionIou, 0));
            case OHEM_1_3 -> new HardExampleSelection(new OhemSettings(hardest, suppressionIou, OBJECTS_TO_BACKGROUND));
        };
    }
}
