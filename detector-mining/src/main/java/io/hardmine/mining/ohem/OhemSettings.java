package io.hardmine.mining.ohem;

import io.hardmine.core.training.Setting;
import io.hardmine.core.training.SettingRange;

/**
 * How many hard examples are selected in a picture, and which of them are the same mistake.
 *
 * @param hardest largest number of examples of a picture that are trained on: the paper's B divided by its number of
 *     pictures
 * @param suppressionIou of two anchors with a higher IoU that both stand for background, or both for the same object,
 *     the one with the lower loss is dropped
 * @param backgroundPerObject largest number of background examples for each selected object example of the picture; 0
 *     for no such bound. A picture without objects counts as if it had one.
 */
public record OhemSettings(
        @Setting(value = "examples of a picture that are trained on at most", range = "[1, ∞)") int hardest,
        @Setting(value = "of two anchors that overlap more than this, the easier one goes", range = "(0, 1]")
                double suppressionIou,
        @Setting(value = "most background examples for each object; 0 for no bound", range = "[0, ∞)")
                int backgroundPerObject) {
    /** Refuses values out of range, naming the field. */
    public OhemSettings {
        SettingRange.check(OhemSettings.class, "", hardest, suppressionIou, backgroundPerObject);
    }

    /** The paper's suppression at 0.7 and no bound on background. */
    public static OhemSettings of(int hardest) {
        return new OhemSettings(hardest, 0.7, 0);
    }

    /** The variant with at most three background examples for an object (Lin et al. 2017, table 1d, “OHEM 1:3”). */
    public static OhemSettings oneToThree(int hardest) {
        return new OhemSettings(hardest, 0.7, 3);
    }
}
