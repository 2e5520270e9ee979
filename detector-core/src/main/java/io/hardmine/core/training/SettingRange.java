package io.hardmine.core.training;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The interval of valid numbers of a setting.
 *
 * @param text the interval in writing, such as {@code [0, 10]} or {@code (0, ∞)}
 * @param low its lower end
 * @param high its upper end, possibly infinite
 */
public record SettingRange(String text, double low, double high) {
    private static final Pattern INTERVAL = Pattern.compile("[\\[(](\\S+), (\\S+)[\\])]");

    /**
     * Reads an interval: square brackets include an end, round ones do not.
     *
     * @throws IllegalArgumentException if the text is no interval
     */
    public static SettingRange parse(String interval) {
        Matcher parts = INTERVAL.matcher(interval);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no interval: " + interval);
        }
        double high = parts.group(2).equals("∞") ? Double.POSITIVE_INFINITY : Double.parseDouble(parts.group(2));
        return new SettingRange(interval, Double.parseDouble(parts.group(1)), high);
    }

    /** The range of a field of settings; empty if every value of its type is valid. */
    public static Optional<SettingRange> of(RecordComponent field) {
        Setting setting = field.getAnnotation(Setting.class);
        return setting == null || setting.range().isEmpty() ? Optional.empty() : Optional.of(parse(setting.range()));
    }

    /**
     * Checks the values of a group of settings, from its constructor.
     *
     * @param group the record
     * @param prefix what precedes the names of its fields, such as {@code "loss."}
     * @param values of all components, in their order. A list must not be empty and all its elements are checked. Null,
     *     for a value that is left to a rule, is in every range
     * @throws IllegalArgumentException if a value is outside its range; the message names the field
     */
    public static void check(Class<? extends Record> group, String prefix, Object... values) {
        RecordComponent[] fields = group.getRecordComponents();
        for (int i = 0; i < fields.length; i++) {
            SettingRange range = of(fields[i]).orElse(null);
            if (range != null && values[i] != null && !range.holds(values[i])) {
                throw new IllegalArgumentException("%s%s %s, not %s"
                        .formatted(prefix, snakeCase(fields[i].getName()), range.rule(values[i]), values[i]));
            }
        }
    }

    private boolean holds(Object value) {
        return value instanceof List<?> list
                ? !list.isEmpty() && list.stream().allMatch(this::holds)
                : contains(((Number) value).doubleValue());
    }

    /** Whether a number lies in it; NaN never does. */
    public boolean contains(double number) {
        boolean overLow = text.startsWith("[") ? number >= low : number > low;
        boolean underHigh = text.endsWith("]") ? number <= high : number < high;
        return overLow && underHigh;
    }

    /** The range in words, such as "0 to 10" or "over 0". */
    public String words() {
        String[] ends = text.substring(1, text.length() - 1).split(", ");
        boolean withLow = text.startsWith("[");
        if (Double.isInfinite(high)) {
            return (withLow ? "at least " : "over ") + ends[0];
        }
        if (!withLow && text.endsWith(")")) {
            return "between %s and %s".formatted(ends[0], ends[1]);
        }
        return (withLow ? "" : "over ") + ends[0] + (text.endsWith("]") ? " to " : " to under ") + ends[1];
    }

    private String rule(Object value) {
        if (value instanceof List<?>) {
            return "must be numbers in " + text;
        }
        if (Double.isInfinite(high)) {
            return "must be " + words();
        }
        return text.startsWith("(") && text.endsWith(")") ? "must lie " + words() : "must lie in " + text;
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
    }
}
