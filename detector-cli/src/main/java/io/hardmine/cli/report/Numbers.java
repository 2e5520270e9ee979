package io.hardmine.cli.report;

import java.util.Locale;

/** Formats numbers for the page, independent of the locale. */
final class Numbers {
    /** Shown in place of an undefined number. */
    static final String UNDEFINED = "–";

    private Numbers() {}

    /** A whole number with thousands separators. */
    static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A score in [0, 1] to three decimal places; {@link #UNDEFINED} for a negative one. */
    static String score(double score) {
        return score < 0 ? UNDEFINED : String.format(Locale.ROOT, "%.3f", score);
    }

    /** A number per picture, to about two significant digits. */
    static String perPicture(double number) {
        if (number == 0) {
            return "0";
        }
        if (number < 0.001) {
            return "under 0.001";
        }
        String form = number < 0.01 ? "%.3f" : number < 10 ? "%.2f" : "%,.0f";
        return String.format(Locale.ROOT, form, number);
    }

    /** A share in words: "8 of 10", or of 100 if a share that is neither 0 nor 1 would round to 0 or 10 of 10. */
    static String ofTen(double share) {
        long tenths = Math.round(share * 10);
        if (share == 0 || share == 1 || tenths > 0 && tenths < 10) {
            return tenths + " of 10";
        }
        return Math.max(1, Math.min(99, Math.round(share * 100))) + " of 100";
    }
}
