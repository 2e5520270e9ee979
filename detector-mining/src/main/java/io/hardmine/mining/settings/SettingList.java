package io.hardmine.mining.settings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.hardmine.core.training.DefaultSettings;
import io.hardmine.core.training.Preset;
import io.hardmine.core.training.Setting;
import io.hardmine.core.training.SettingRange;
import io.hardmine.datasets.Dataset;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All fields of settings, by the names that {@code --set} and settings files have. */
public final class SettingList {
    /** The value of a number that a rule chooses. */
    static final String AUTO = "auto";

    private SettingList() {}

    /**
     * One field.
     *
     * @param name with its groups, such as {@code loss.gamma}
     * @param value in the settings, as written in a settings file
     * @param range the values that it takes
     * @param meaning what it does, in one line
     */
    public record Entry(String name, String value, String range, String meaning) {}

    /**
     * The fields of settings, group by group.
     *
     * @throws IllegalStateException if a field has no {@link Setting}
     */
    public static List<Entry> of(Record settings) {
        List<Entry> entries = new ArrayList<>();
        add(settings, "", entries);
        return entries;
    }

    /** The fields of a training's settings, with a preset's defaults for data that is not known yet. */
    public static List<Entry> defaults(Preset preset) {
        Dataset unknown = new Dataset("none", List.of(), List.of());
        long seed = 1;
        return of(RunSettings.of(DefaultSettings.of(unknown, preset, seed)));
    }

    /** The names of the fields. */
    public static List<String> names(Record settings) {
        return of(settings).stream().map(Entry::name).toList();
    }

    private static void add(Record group, String prefix, List<Entry> entries) {
        for (RecordComponent field : group.getClass().getRecordComponents()) {
            String name = prefix + PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(field.getName());
            Object value = valueOf(field, group);
            if (value instanceof Record inner) {
                boolean unwrapped = field.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
                add(inner, unwrapped ? prefix : name + ".", entries);
            } else {
                entries.add(entry(name, field, value));
            }
        }
    }

    private static Entry entry(String name, RecordComponent field, Object value) {
        Setting setting = field.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalStateException(name + " has no @Setting");
        }
        return new Entry(name, setting.fromData() ? "from the data" : text(value), range(field), setting.value());
    }

    private static String range(RecordComponent field) {
        Class<?> type = field.getType();
        if (type.isEnum()) {
            return String.join(", ", Spelling.smallLetters(type));
        }
        return SettingRange.of(field)
                .map(SettingRange::words)
                .map(words -> type == Double.class ? words + ", or " + AUTO : words)
                .orElse(type == boolean.class ? "true, false" : type == long.class ? "whole number" : "");
    }

    private static String text(Object value) {
        if (value == null) {
            return AUTO;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Double number) {
            return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(SettingList::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return String.valueOf(value);
    }

    private static Object valueOf(RecordComponent field, Record record) {
        try {
            return field.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings must be public records: " + record.getClass(), e);
        }
    }

    /** The entries whose names begin with {@code prefix}, which may be a group or part of a name. */
    public static List<Entry> startingWith(String prefix, List<Entry> entries) {
        return entries.stream().filter(e -> e.name().startsWith(prefix)).toList();
    }

    /** The entries as a table in Markdown. */
    public static String markdown(List<Entry> entries) {
        return "| setting | default | values | meaning |\n| --- | --- | --- | --- |\n"
                + entries.stream()
                        .map(e -> "| `%s` | %s | %s | %s |\n".formatted(e.name(), e.value(), e.range(), e.meaning()))
                        .collect(Collectors.joining());
    }

    /** The entries for a terminal, two lines each: name, default and values in columns, and below them the meaning. */
    public static String text(List<Entry> entries) {
        int names = entries.stream().mapToInt(e -> e.name().length()).max().orElse(0);
        int values = entries.stream().mapToInt(e -> e.value().length()).max().orElse(0);
        return entries.stream()
                .map(e -> "%s  %s  %s"
                                .formatted(padded(e.name(), names), padded(e.value(), values), e.range())
                                .stripTrailing()
                        + "%n    %s%n".formatted(e.meaning()))
                .collect(Collectors.joining());
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
