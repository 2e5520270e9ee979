package io.hardmine.mining.ohem;

import io.hardmine.core.loss.ExampleSelection;
import io.hardmine.core.training.RepeatFactors;
import io.hardmine.core.training.Setting;
import io.hardmine.core.training.SettingRange;

/**
 * Which examples of a training step count, by name.
 *
 * @param kind the rule
 * @param hardest largest number of examples of a picture that are trained on, for OHEM as published
 * @param suppressionIou of two anchors with a higher IoU that stand for the same object or both for background, the one
 *     with the lower loss is dropped
 * @param burnIn share of the steps at the start of the training in which every anchor counts with OHEM, because the
 *     loss of random weights does not show what is hard. OHEM as published has no burn-in
 * @param pool OHEM draws background anchors at random from the hardest, {@code pool} times the number that it trains
 *     on, so that it does not always select the few that are annotated wrongly; 0 selects the hardest without a draw.
 *     OHEM as published does not draw
 * @param pictureRepeats largest number of showings of a picture in an epoch; 1 to show every picture once
 * @param repeatBy what makes a picture hard
 */
public record SelectionSettings(
        @Setting(
                        "which anchors of a step count: all; ohem: all of objects and the hardest of background; ohem_published: the hardest; ohem_1_3: the hardest with 3 background for an object")
                Kind kind,
        @Setting(
                        value = "anchors of a picture that ohem_published and ohem_1_3 train on at most",
                        range = "[1, 100000]")
                int hardest,
        @Setting(value = "of two anchors that overlap more than this, OHEM drops the easier one", range = "(0, 1]")
                double suppressionIou,
        @Setting(value = "share of the steps before ohem begins; every anchor counts in them", range = "[0, 1]")
                double burnIn,
        @Setting(
                        value = "ohem draws background from the hardest, this many times what it needs; 0: no draw",
                        range = "[0, 1000]")
                int pool,
        @Setting(value = "how often an epoch shows a hard picture, at most; 1: all once", range = "[1, 100]")
                int pictureRepeats,
        @Setting("what makes a picture hard: its loss, or scores of other classes on its objects")
                HardPictures.By repeatBy) {
    private static final int BACKGROUND_PER_OBJECT = 3;

    /** Rules by name. */
    public enum Kind {
        /** Every anchor that is not ignored. */
        ALL,
        /** All object anchors and the hardest background anchors, three for each object anchor. */
        OHEM,
        /** The hardest anchors of each picture, of objects and background alike (Shrivastava et al. 2016). */
        OHEM_PUBLISHED,
        /**
         * As {@link #OHEM_PUBLISHED}, with at most three background examples for each object example (Lin et al. 2017,
         * table 1d).
         */
        OHEM_1_3
    }

    /** Refuses values out of range, naming the field. */
    public SelectionSettings {
        SettingRange.check(
                SelectionSettings.class,
                "selection.",
                kind,
                hardest,
                suppressionIou,
                burnIn,
                pool,
                pictureRepeats,
                repeatBy);
    }

    /** Every anchor counts. */
    public static SelectionSettings all() {
        return new SelectionSettings(Kind.ALL, 64, 0.7, 0.15, 0, 1, HardPictures.By.LOSS);
    }

    /** The same with another rule. */
    public SelectionSettings withKind(Kind kind) {
        return new SelectionSettings(kind, hardest, suppressionIou, burnIn, pool, pictureRepeats, repeatBy);
    }

    /** The same with another number of examples of a picture. */
    public SelectionSettings withHardest(int hardest) {
        return new SelectionSettings(kind, hardest, suppressionIou, burnIn, pool, pictureRepeats, repeatBy);
    }

    /** The same with another IoU above which the easier of two anchors is dropped. */
    public SelectionSettings withSuppressionIou(double suppressionIou) {
        return new SelectionSettings(kind, hardest, suppressionIou, burnIn, pool, pictureRepeats, repeatBy);
    }

    /** The same with another share of steps before OHEM begins, in [0, 1]. */
    public SelectionSettings withBurnIn(double burnIn) {
        return new SelectionSettings(kind, hardest, suppressionIou, burnIn, pool, pictureRepeats, repeatBy);
    }

    /** The same with another pool to draw background from; 0 for no draw. */
    public SelectionSettings withPool(int pool) {
        return new SelectionSettings(kind, hardest, suppressionIou, burnIn, pool, pictureRepeats, repeatBy);
    }

    /** The same with another number of repeats. */
    public SelectionSettings withPictureRepeats(int pictureRepeats) {
        return new SelectionSettings(kind, hardest, suppressionIou, burnIn, pool, pictureRepeats, repeatBy);
    }

    /** The same with another measure of how hard a picture is. */
    public SelectionSettings withRepeatBy(HardPictures.By repeatBy) {
        return new SelectionSettings(kind, hardest, suppressionIou, burnIn, pool, pictureRepeats, repeatBy);
    }

    /** How often pictures are shown. */
    public RepeatFactors repetition() {
        return pictureRepeats == 1 ? RepeatFactors.ONCE : new HardPictures(pictureRepeats, repeatBy);
    }

    /**
     * Creates the selection.
     *
     * @param seed of its draws
     */
    public ExampleSelection create(long seed) {
        return switch (kind) {
            case ALL -> ExampleSelection.ALL;
            case OHEM -> new HardBackgroundSelection(
                    new HardBackgroundSelection.Settings(BACKGROUND_PER_OBJECT, suppressionIou, burnIn, pool), seed);
            case OHEM_PUBLISHED -> new HardExampleSelection(new OhemSettings(hardest, suppressionIou, 0));
            case OHEM_1_3 -> new HardExampleSelection(new OhemSettings(hardest, suppressionIou, BACKGROUND_PER_OBJECT));
        };
    }
}
