package io.hardmine.mining.experiment;

import java.util.Locale;

/** Formats numbers for tables and sentences, independent of the locale. */
final class Phrases {
    static final String NOT_REACHED = "not reached";

    private Phrases() {}

    /** Text with a capital first letter. */
    static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** A value of a measure. */
    static String value(Measure measure, double value) {
        if (Double.isInfinite(value)) {
            return NOT_REACHED;
        }
        return switch (measure) {
            case AP, AP50, HIGHEST_RECALL -> value < 0 ? "–" : format("%.3f", value);
            case ALARMS_AT_80, ALARMS_AT_90 -> perPicture(value);
            case TRAINING_SECONDS -> duration(value);
        };
    }

    /** Median and, if there are several seeds, the range. */
    static String spread(Measure measure, Spread spread) {
        String median = value(measure, spread.median());
        return spread.least() == spread.most()
                ? median
                : "%s (%s to %s)".formatted(median, value(measure, spread.least()), value(measure, spread.most()));
    }

    /** A difference with its sign. */
    static String signed(double difference) {
        return infinite(difference).orElseGet(() -> format("%+.3f", difference).replace('-', '−'));
    }

    /** A relative change with its sign, in per cent. */
    static String percent(double change) {
        return infinite(change).orElseGet(() -> format("%+.0f %%", 100 * change).replace('-', '−'));
    }

    private static java.util.Optional<String> infinite(double number) {
        return Double.isInfinite(number) ? java.util.Optional.of(number > 0 ? "+∞" : "−∞") : java.util.Optional.empty();
    }

    private static String perPicture(double alarms) {
        return alarms == 0 ? "0" : format(alarms < 0.1 ? "%.3f" : alarms < 10 ? "%.2f" : "%.1f", alarms);
    }

    private static String duration(double seconds) {
        if (seconds < 120) {
            return format(seconds < 10 ? "%.1f s" : "%.0f s", seconds);
        }
        return seconds < 7200 ? format("%.0f min", seconds / 60) : format("%.1f h", seconds / 3600);
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
