package io.hardmine.cli.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats numbers in sentences, independent of the locale. */
final class Words {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Words() {}

    /** A parameter without trailing zeros: 2, 0.25. */
    static String parameter(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    /** A share as a percentage with one decimal place, or with two or three close to 0 and 100. */
    static String percent(double share) {
        double percent = 100 * share;
        if (percent == 0 || percent == 100) {
            return String.format(Locale.ROOT, "%.0f %%", percent);
        }
        if (percent < 0.001) {
            return "under 0.001 %";
        }
        if (percent > 99.99) {
            return "over 99.99 %";
        }
        String form = percent > 99 || percent < 1 ? percent < 0.1 ? "%.3f %%" : "%.2f %%" : "%.1f %%";
        return String.format(Locale.ROOT, form, percent);
    }

    /** A count to two significant digits; from 10 million on, the nearest power of ten. */
    static String count(double count) {
        if (Double.isInfinite(count)) {
            return "more than can be counted";
        }
        if (count < 0.05) {
            return "less than 0.1";
        }
        if (count < 10) {
            return String.format(Locale.ROOT, "%.1f", count);
        }
        if (count < 1e7) {
            double rounded = new BigDecimal(count).round(new MathContext(2)).doubleValue();
            return String.format(Locale.ROOT, "%,.0f", rounded);
        }
        return Long.toString(Math.round(Math.log10(count)))
                .chars()
                .mapToObj(digit -> SUPERSCRIPTS.substring(digit - '0', digit - '0' + 1))
                .collect(Collectors.joining("", "10", ""));
    }
}
