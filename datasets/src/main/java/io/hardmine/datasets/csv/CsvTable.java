package io.hardmine.datasets.csv;

import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.DataSummary.Kind;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.csv.CsvColumns.Column;
import io.hardmine.datasets.file.FileFault;
import io.hardmine.datasets.reading.Findings;
import io.hardmine.datasets.reading.RawObject;
import io.hardmine.datasets.reading.RawPicture;
import io.hardmine.datasets.reading.SplitNames;
import io.hardmine.datasets.reading.TextLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads one table of boxes. */
final class CsvTable {
    private static final List<Column> CORNERS = List.of(Column.XMIN, Column.YMIN, Column.XMAX, Column.YMAX);

    private final Path file;
    private final List<String> places;
    private final Split split;
    private final Findings findings;
    private final Map<Entry, Listed> listed = new LinkedHashMap<>();
    private char separator;
    private CsvColumns columns;
    private int goodRows;
    private DataException firstFault;

    /**
     * A table.
     *
     * @param places folders in which its pictures may lie, relative to the data folder
     * @param split that the name of the table gives; null if it gives none
     */
    CsvTable(Path file, List<String> places, Split split, Findings findings) {
        this.file = file;
        this.places = places;
        this.split = split;
        this.findings = findings;
    }

    /** The key of a picture. A picture that rows assign to two splits has two entries. */
    private record Entry(String path, Split split) {}

    /** A row that cannot be read. */
    private static final class UnusableRow extends DataException {
        private static final long serialVersionUID = 1L;

        UnusableRow(String message) {
            super(message);
        }
    }

    /** What the rows of an entry state. */
    private static final class Listed {
        private final String where;
        private final List<RawObject> objects = new ArrayList<>();
        private int width;
        private int height;

        Listed(String where) {
            this.where = where;
        }
    }

    /**
     * All pictures, in the order in which they are first named. A row that cannot be read is left out and counted.
     *
     * @throws DataException if the table has no columns that can be read, or no row of it can be read
     */
    List<RawPicture> read() {
        String text = TextLines.text(file);
        separator = separator(text);
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(true)
                .setIgnoreSurroundingSpaces(true)
                .get();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            for (CSVRecord row : parser) {
                row(row.toList(), "%s, line %d".formatted(file, parser.getCurrentLineNumber()));
            }
        } catch (CSVException | UncheckedIOException e) {
            throw new DataException("%s: broken CSV: %s".formatted(file, e.getMessage()), e);
        } catch (IOException e) {
            throw FileFault.of(file, e);
        }
        if (goodRows == 0 && firstFault != null) {
            throw firstFault;
        }
        List<RawPicture> pictures = new ArrayList<>();
        listed.forEach((entry, rows) -> pictures.add(new RawPicture(
                -1, entry.path(), places, rows.width, rows.height, rows.objects, entry.split(), rows.where)));
        return pictures;
    }

    /** The first of comma, semicolon and tab that splits the first line into enough fields; a comma if none does. */
    private static char separator(String text) {
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        return Stream.of(',', ';', '\t')
                .filter(c -> first.chars().filter(d -> d == c).count() >= CsvColumns.NEEDED.size() - 1)
                .findFirst()
                .orElse(',');
    }

    private void row(List<String> row, String where) {
        int size = CsvColumns.withoutBlankEnd(row);
        if (size == 0) {
            return; // spreadsheets write empty rows as separators only
        }
        if (columns == null) {
            columns = CsvColumns.named(row, where).orElseGet(CsvColumns::headless);
            if (columns.headed()) {
                return;
            }
            refuseHeader(row.subList(0, size), where);
        }
        try {
            take(row, size, where);
            goodRows++;
        } catch (UnusableRow e) {
            firstFault = firstFault == null ? e : firstFault;
            findings.add(Kind.UNUSABLE_OBJECT, e.getMessage());
        }
    }

    /** Adds a row to the entry of its picture. */
    private void take(List<String> row, int size, String where) {
        if (size > columns.size() || row.size() < columns.size()) {
            throw new UnusableRow("%s: %s".formatted(where, otherSize(row, size)));
        }
        String path = columns.text(row, Column.FILENAME);
        if (path.isEmpty()) {
            throw new UnusableRow("%s: no picture is named".formatted(where));
        }
        Listed rows = listed.computeIfAbsent(new Entry(path, split(row, where)), p -> new Listed(where));
        if (rows.width == 0 || rows.height == 0) {
            rows.width = size(row, Column.WIDTH, where);
            rows.height = size(row, Column.HEIGHT, where);
        }
        object(row, where, rows.objects);
    }

    private void refuseHeader(List<String> row, String where) {
        if (row.size() > 1 && row.stream().noneMatch(CsvTable::isNumber)) {
            throw new DataException(
                    "%s looks like a header; its columns must be called %s".formatted(where, CsvColumns.needed()));
        }
    }

    private static boolean isNumber(String text) {
        try {
            Double.parseDouble(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private String otherSize(List<String> row, int size) {
        String other = Stream.of(",", ";", "\t")
                .filter(c -> c.charAt(0) != separator && row.get(0).contains(c))
                .map(c -> "; are its fields separated by %s?".formatted(c.equals("\t") ? "tabs" : "'" + c + "'"))
                .findFirst()
                .orElse("");
        int fields = Math.max(size, Math.min(row.size(), columns.size()));
        return columns.headed()
                ? "%d fields, the header has %d%s".formatted(fields, columns.size(), other)
                : "%d fields; a line is 'path,x1,y1,x2,y2,class'%s".formatted(fields, other);
    }

    private Split split(List<String> row, String where) {
        String name = columns.text(row, Column.SPLIT);
        return name.isEmpty()
                ? split
                : SplitNames.of(name)
                        .orElseThrow(() ->
                                new UnusableRow("%s, split: '%s' is not train, val or test".formatted(where, name)));
    }

    /** A side of the picture, in pixels; 0 if the row does not state it. */
    private int size(List<String> row, Column column, String where) {
        return columns.text(row, column).isEmpty() ? 0 : (int) number(row, column, where);
    }

    private void object(List<String> row, String where, List<RawObject> objects) {
        String category = columns.text(row, Column.CLASS);
        boolean hasBox = CORNERS.stream().anyMatch(c -> !columns.text(row, c).isEmpty());
        if (hasBox && category.isEmpty()) {
            findings.add(Kind.UNUSABLE_OBJECT, where + ", class: a box without a class");
        } else if (hasBox) {
            Box box = Box.ofCorners(
                    number(row, Column.XMIN, where),
                    number(row, Column.YMIN, where),
                    number(row, Column.XMAX, where),
                    number(row, Column.YMAX, where));
            objects.add(RawObject.plain(category, box, where));
        } else if (!category.isEmpty()) {
            findings.add(Kind.UNUSABLE_OBJECT, where + ", xmin: a class without a box");
        }
    }

    private double number(List<String> row, Column column, String where) {
        String text = columns.text(row, column);
        try {
            // tables with semicolons have decimal commas
            return Double.parseDouble(separator == ';' ? text.replace(',', '.') : text);
        } catch (NumberFormatException e) {
            throw new UnusableRow("%s, %s: '%s' is not a number".formatted(where, column.title(), text));
        }
    }
}
