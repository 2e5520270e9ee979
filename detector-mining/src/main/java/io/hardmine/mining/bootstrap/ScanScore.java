package io.hardmine.mining.bootstrap;

import io.hardmine.core.evaluation.OperatingCurve;
import io.hardmine.core.evaluation.OperatingPoint;
import java.util.Optional;

/**
 * The lowest score with which a detection on background is a false alarm. Scores are not comparable between losses, or
 * between stages of a training: with focal loss, every anchor keeps a score of some hundredths. The number of false
 * alarms is comparable, so the score is chosen by the false alarms on validation pictures.
 */
final class ScanScore {
    /**
     * False alarms on background per validation picture at the chosen score. Several times what a detector should show,
     * so that detections just below its threshold are mined too.
     */
    private static final double ALARMS_PER_PICTURE = 4;

    /** The score if there are no validation pictures to choose it by. */
    private static final double USUAL = 0.1;

    /** At a lower score nearly every anchor would fire. */
    private static final double LOWEST = 0.02;

    /** At a higher score, detections of which the detector is not sure would never be mined. */
    private static final double HIGHEST = 0.3;

    private ScanScore() {}

    /**
     * The score for a round.
     *
     * @param scan its score is used if it has one
     * @param validation curve of the round's detector on validation pictures; empty if there are none
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
