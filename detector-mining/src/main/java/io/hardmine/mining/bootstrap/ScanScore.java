package io.hardmine.mining.bootstrap;

import io.hardmine.core.evaluation.OperatingCurve;
import io.hardmine.core.evaluation.OperatingPoint;
import java.util.Optional;

/**
 * The score from which on a detection on background is a false alarm. Scores of different losses, and of different moments of a
 * training, do not mean the same: at rest focal loss gives every anchor some hundredths. How often a detector is wrong
 * does mean the same, so that the score follows from the false alarms on validation pictures.
 */
final class ScanScore {
    /** Several times as many as a detector should show, so that what it almost shows is mined too. */
    private static final double ALARMS_PER_PICTURE = 4;

    /** Without validation pictures there is nothing to choose it by. */
    private static final double USUAL = 0.1;

    /** Not lower, or nearly every anchor fires, and not higher, or what the detector is not sure of is never mined. */
    private static final double LOWEST = 0.02;

    private static final double HIGHEST = 0.3;

    private ScanScore() {}

    /**
     * The score for a round.
     *
     * @param scan whose score is taken if it has one
     * @param validation how the round's detector does on validation; empty if there is none
     */
    static double of(Scan scan, Optional<OperatingCurve> validation) {
        return scan.score() != null
                ? scan.score()
                : validation.map(ScanScore::chosen).orElse(USUAL);
    }

    private static double chosen(OperatingCurve curve) {
        return curve.points().stream()
                .filter(p -> p.perPicture(p.nothing()) >= ALARMS_PER_PICTURE)
                .findFirst()
                .map(OperatingPoint::threshold)
                .map(score -> Math.min(HIGHEST, Math.max(LOWEST, score)))
                .orElse(LOWEST);
    }
}
