package io.hardmine.datasets.csv;

import io.hardmine.datasets.DataException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The columns of a table, by what they hold. */
final class CsvColumns {
    /** What a column can hold, with the names that programs write in the header, the usual one first. */
    enum Column {
        FILENAME("filename", "file_name", "path", "image", "image_path", "img_path", "image_name", "file"),
        CLASS("class", "label", "class_name", "category"),
        XMIN("xmin", "x1", "x_min", "left"),
        YMIN("ymin", "y1", "y_min", "top"),
        XMAX("xmax", "x2", "x_max", "right"),
        YMAX("ymax", "y2", "y_max", "bottom"),
        WIDTH("width", "image_width", "img_width"),
        HEIGHT("height", "image_height", "img_height"),
        SPLIT("split");

        private final List<String> names;

        Column(String... names) {
            this.names = List.of(names);
        }

        /** The usual name. */
        String title() {
            return names.get(0);
        }
    }

    static final List<Column> NEEDED =
            List.of(Column.FILENAME, Column.CLASS, Column.XMIN, Column.YMIN, Column.XMAX, Column.YMAX);

    private static final List<Column> HEADLESS =
            List.of(Column.FILENAME, Column.XMIN, Column.YMIN, Column.XMAX, Column.YMAX, Column.CLASS);

    /** A row with at least this number of names of needed columns is a header. */
    private static final int TELLING = 3;

    private final Map<Column, Integer> places;
    private final int size;
    private final boolean headed;

    private CsvColumns(Map<Column, Integer> places, int size, boolean headed) {
        this.places = places;
        this.size = size;
        this.headed = headed;
    }

    /** The columns of a table without a header, {@code path,x1,y1,x2,y2,class}. */
    static CsvColumns headless() {
        Map<Column, Integer> places = new EnumMap<>(Column.class);
        HEADLESS.forEach(c -> places.put(c, places.size()));
        return new CsvColumns(places, places.size(), false);
    }

    /**
     * The columns that a header names, in capitals or small letters.
     *
     * @return empty if the row is not a header
     * @throws DataException if the row is a header and a needed column is missing, or any column occurs twice
     */
    static Optional<CsvColumns> named(List<String> row, String where) {
        List<String> names =
                row.stream().map(n -> n.strip().toLowerCase(Locale.ROOT)).toList();
        long known = NEEDED.stream()
                .filter(c -> c.names.stream().anyMatch(names::contains))
                .count();
        if (known < TELLING && !names.contains(Column.FILENAME.title())) {
            return Optional.empty();
        }
        Map<Column, Integer> places = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            List<Integer> found = places(names, column);
            if (found.size() > 1) {
                throw new DataException("%s: columns %d and %d are both '%s'; name one of them otherwise"
                        .formatted(where, found.get(0) + 1, found.get(1) + 1, column.title()));
            }
            if (found.isEmpty() && NEEDED.contains(column)) {
                throw new DataException(
                        "%s: the column '%s' is missing; a header names %s".formatted(where, column.title(), needed()));
            }
            found.forEach(at -> places.put(column, at));
        }
        return Optional.of(new CsvColumns(places, withoutBlankEnd(names), true));
    }

    /**
     * The positions of a column by its usual name, or else by any of its names: {@code filename} comes before {@code
     * path}.
     */
    private static List<Integer> places(List<String> names, Column column) {
        List<Integer> usual = placesOf(names, List.of(column.title()));
        return usual.isEmpty() ? placesOf(names, column.names) : usual;
    }

    private static List<Integer> placesOf(List<String> names, List<String> wanted) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (wanted.contains(names.get(i))) {
                found.add(i);
            }
        }
        return found;
    }

    /** The names of the needed columns, for messages. */
    static String needed() {
        return String.join(", ", NEEDED.stream().map(Column::title).toList());
    }

    /** Number of fields of a row without the blank ones at its end. */
    static int withoutBlankEnd(List<String> row) {
        int size = row.size();
        while (size > 0 && row.get(size - 1).isBlank()) {
            size--;
        }
        return size;
    }

    /** Number of columns. */
    int size() {
        return size;
    }

    /** Whether a header names the columns. */
    boolean headed() {
        return headed;
    }

    /** The field in a row without the blanks around it; empty if the table has no such column. */
    String text(List<String> row, Column column) {
        Integer at = places.get(column);
        return at == null || at >= row.size() ? "" : row.get(at).strip();
    }
}
