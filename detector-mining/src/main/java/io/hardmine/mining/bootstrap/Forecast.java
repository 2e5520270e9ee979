package io.hardmine.mining.bootstrap;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether mined crops will help more than as many random crops, judged by what the first search of the background
 * found. The limits lie between the trainings of {@code docs/results.md} in which mining helped and those in which it
 * did not. How often the detector fires is no limit: mining helped at 55 and at 94 false alarms per 100 crops.
 *
 * @param firing false alarms for each crop of background that was scored
 * @param onBackground share of the false alarms on validation pictures that lie on background; null if it was not
 *     measured
 * @param findsObjects whether the detector reaches recall 0.8 on validation pictures; true if it was not measured
 */
public record Forecast(double firing, Double onBackground, boolean findsObjects) {
    /** With fewer false alarms for each crop there is hardly anything to mine. */
    private static final double SELDOM = 0.01;

    /** With a smaller share of the false alarms on background, mining cannot reach most of them. */
    private static final double MOSTLY = 0.6;

    /** What to expect of mining. */
    public enum Expectation {
        /** At least 60 % of the false alarms lie on background, and there are enough of them to be worth a search. */
        HELPS,
        /** More than 40 % of the false alarms are confusions between classes. */
        OTHER_MISTAKES,
        /** The detector hardly fires on background. */
        LITTLE_TO_FIND,
        /** The detector does not reach recall 0.8 yet, so its mistakes say little. */
        UNKNOWN
    }

    /** The forecast of a round; empty if it did not search or is not round 1. */
    public static Optional<Forecast> of(RoundReport report) {
        if (!report.searched() || report.round() != 1) {
            return Optional.empty();
        }
        RoundReport.Validation scores = report.validation();
        return Optional.of(new Forecast(
                report.perThousand() / 1000,
                scores == null ? null : scores.onBackground(),
                scores == null || scores.falseAlarmsAtRecall80() != null));
    }

    /** What to expect. */
    public Expectation expectation() {
        if (!findsObjects) {
            return Expectation.UNKNOWN;
        }
        if (firing < SELDOM) {
            return Expectation.LITTLE_TO_FIND;
        }
        if (onBackground != null && onBackground < MOSTLY) {
            return Expectation.OTHER_MISTAKES;
        }
        return Expectation.HELPS;
    }

    /** The forecast as a sentence, with its numbers. */
    public String sentence() {
        String what =
                switch (expectation()) {
                    case HELPS -> "mining should help here";
                    case OTHER_MISTAKES -> "mining will hardly help here, most other false alarms lie on objects of another class";
                    case LITTLE_TO_FIND -> "mining will change little here, the detector hardly fires on background";
                    case UNKNOWN -> "too early to tell, the detector does not find 80 % of the objects yet";
                };
        String kinds = onBackground == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        " and %.0f %% of the false alarms on validation pictures lie on background",
                        100 * onBackground);
        return String.format(
                Locale.ROOT, "forecast: %s (%.1f false alarms per 100 crops%s)", what, 100 * firing, kinds);
    }
}
