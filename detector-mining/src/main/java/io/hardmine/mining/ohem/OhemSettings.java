package io.hardmine.mining.ohem;

/**
 * How many hard examples a picture gives, and which of them are the same mistake.
 *
 * @param hardest examples of a picture that are trained on, at most: the paper's B divided by its pictures
 * @param suppressionIou of two anchors that overlap more, and stand both for background or both for one object, the one
 *     with the lower loss goes
 * @param backgroundPerObject most background examples for each selected object of the picture; 0 for no such bound. A
 *     picture without objects counts as one with a single one.
 */
public record OhemSettings(int hardest, double suppressionIou, int backgroundPerObject) {
    /** Refuses what selects nothing. */
    public OhemSettings {
        if (hardest < 1) {
            throw new IllegalArgumentException("hardest must be at least 1, not " + hardest);
        }
        if (!(suppressionIou > 0 && suppressionIou <= 1)) {
            throw new IllegalArgumentException(
                    "suppression_iou must lie between 0 (exclusive) and 1, not " + suppressionIou);
        }
        if (backgroundPerObject < 0) {
            throw new IllegalArgumentException("background_per_object must be at least 0, not " + backgroundPerObject);
        }
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
