package io.hardmine.core.network;

import java.util.List;

/**
 * Checks for the constructors of records that describe a network. Such descriptions may come from untrusted files. Each
 * check throws IllegalArgumentException with a sentence that names the field.
 */
public final class Bounds {
    private Bounds() {}

    /** Refuses a number outside of [low, high]. */
    public static void require(String field, long value, long low, long high) {
        if (value < low || value > high) {
            throw outside(field, value, low, high);
        }
    }

    /** Refuses a number outside of [low, high], and NaN. */
    public static void require(String field, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw outside(field, value, low, high);
        }
    }

    private static IllegalArgumentException outside(String field, Object value, Object low, Object high) {
        return new IllegalArgumentException(
                "%s must be at least %s and at most %s, not %s".formatted(field, low, high, value));
    }

    /** Returns the text; refuses null and a text of more than {@code most} characters. */
    public static String text(String field, String value, int most) {
        present(field, value);
        require("the length of " + field, value.length(), 0, most);
        return value;
    }

    /** Returns the value; refuses null. */
    public static <T> T present(String field, T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " must be given, not null");
        }
        return value;
    }

    /**
     * Returns a copy of the list; refuses null, a list that contains null, and a list of more than {@code most}
     * elements.
     */
    public static <T> List<T> list(String field, List<T> values, int most) {
        present(field, values);
        require("the length of " + field, values.size(), 0, most);
        if (values.stream().anyMatch(v -> v == null)) {
            throw new IllegalArgumentException("%s has null at place %d".formatted(field, values.indexOf(null) + 1));
        }
        return List.copyOf(values);
    }
}
