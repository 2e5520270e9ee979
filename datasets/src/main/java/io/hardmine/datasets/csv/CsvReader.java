package io.hardmine.datasets.csv;

import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.DatasetReader;
import io.hardmine.datasets.reading.Findings;
import io.hardmine.datasets.reading.RawDataset;
import io.hardmine.datasets.reading.RawObject;
import io.hardmine.datasets.reading.RawPicture;
import io.hardmine.datasets.reading.SplitNames;
import io.hardmine.datasets.reading.TextLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads tables of boxes: {@code path,x1,y1,x2,y2,class} without a header, empty fields for a picture without objects
 * (keras-retinanet), and {@code filename,width,height,class,xmin,ymin,xmax,ymax} with one (TensorFlow). The header's
 * columns may come in any order, and one named {@code split} gives splits; otherwise the file's name does.
 */
public final class CsvReader implements DatasetReader {
    private static final List<String> COLUMNS = List.of("filename", "class", "xmin", "ymin", "xmax", "ymax");

    @Override
    public String format() {
        return "csv";
    }

    @Override
    public String signs() {
        return "a *.csv of boxes: path,x1,y1,x2,y2,class or filename,width,height,class,xmin,ymin,xmax,ymax";
    }

    @Override
    public boolean fits(Path folder) {
        return !tables(folder).isEmpty();
    }

    private static List<Path> tables(Path folder) {
        return DataFolder.files(folder, ".csv").stream()
                .filter(f -> !f.endsWith("classes.csv"))
                .toList();
    }

    @Override
    public RawDataset read(Path folder, Findings findings) {
        List<Path> tables = tables(folder);
        List<RawPicture> pictures = new ArrayList<>();
        List<String> names =
                tables.stream().map(f -> f.getFileName().toString()).toList();
        for (Path table : tables) {
            String name = table.getFileName().toString();
            if (!SplitNames.isCovered(name, names)) {
                pictures.addAll(new Table(table, SplitNames.of(name).orElse(null)).read());
            }
        }
        return new RawDataset(classes(folder.resolve("classes.csv")), pictures);
    }

    /** keras-retinanet's list of classes: {@code name,id}. */
    private static List<Category> classes(Path file) {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        List<Category> categories = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(TextLines.text(file), CSVFormat.DEFAULT)) {
            for (CSVRecord row : parser) {
                try {
                    categories.add(new Category(
                            Integer.parseInt(row.get(1).strip()), row.get(0).strip()));
                } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
                    throw new DataException(
                            "%s, line %d: a line is 'name,number'".formatted(file, parser.getCurrentLineNumber()), e);
                }
            }
            return categories;
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** One table. */
    private static final class Table {
        private final Path file;
        private final Split split;
        private final Map<String, List<RawObject>> objects = new LinkedHashMap<>();
        private final Map<String, int[]> sizes = new LinkedHashMap<>();
        private final Map<String, Split> splits = new LinkedHashMap<>();
        private final Map<String, String> places = new LinkedHashMap<>();
        private Map<String, Integer> columns;

        Table(Path file, Split split) {
            this.file = file;
            this.split = split;
        }

        List<RawPicture> read() {
            try (CSVParser parser = CSVParser.parse(
                    TextLines.text(file),
                    CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).get())) {
                for (CSVRecord row : parser) {
                    long line = parser.getCurrentLineNumber();
                    if (columns != null) {
                        headed(row, line);
                    } else if (row.getRecordNumber() == 1 && row.toList().contains("filename")) {
                        columns = header(row, line);
                    } else {
                        headless(row, line);
                    }
                }
            } catch (CSVException | UncheckedIOException e) {
                throw new DataException("%s: broken CSV: %s".formatted(file, e.getMessage()), e);
            } catch (IOException e) {
                throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
            }
            List<RawPicture> pictures = new ArrayList<>();
            objects.forEach((path, list) -> {
                int[] size = sizes.getOrDefault(path, new int[2]);
                pictures.add(new RawPicture(
                        -1,
                        path,
                        List.of("", "images"),
                        size[0],
                        size[1],
                        list,
                        splits.getOrDefault(path, split),
                        places.get(path)));
            });
            return pictures;
        }

        private Map<String, Integer> header(CSVRecord row, long line) {
            Map<String, Integer> found = new LinkedHashMap<>();
            row.toList().forEach(name -> found.put(name.strip(), found.size()));
            for (String column : COLUMNS) {
                if (!found.containsKey(column)) {
                    throw new DataException("%s, line %d: the column '%s' is missing".formatted(file, line, column));
                }
            }
            return found;
        }

        private void headed(CSVRecord row, long line) {
            if (row.size() < columns.size()) {
                throw new DataException(
                        "%s, line %d: %d fields, the header has %d".formatted(file, line, row.size(), columns.size()));
            }
            String path = row.get(columns.get("filename")).strip();
            List<RawObject> list = entry(path, line);
            if (columns.containsKey("width") && columns.containsKey("height")) {
                sizes.put(path, new int[] {
                    (int) number(row, columns.get("width"), line, "width"),
                    (int) number(row, columns.get("height"), line, "height")
                });
            }
            if (columns.containsKey("split")) {
                String name = row.get(columns.get("split")).strip();
                splits.put(
                        path,
                        SplitNames.of(name)
                                .orElseThrow(
                                        () -> new DataException("%s, line %d, split: '%s' is not train, val or test"
                                                .formatted(file, line, name))));
            }
            String category = row.get(columns.get("class")).strip();
            if (!category.isEmpty()) {
                list.add(object(
                        row,
                        line,
                        category,
                        columns.get("xmin"),
                        columns.get("ymin"),
                        columns.get("xmax"),
                        columns.get("ymax")));
            }
        }

        private void headless(CSVRecord row, long line) {
            if (row.size() != 6) {
                throw new DataException(
                        "%s, line %d: %d fields; a line is 'path,x1,y1,x2,y2,class'".formatted(file, line, row.size()));
            }
            List<RawObject> list = entry(row.get(0).strip(), line);
            boolean empty = row.toList().subList(1, 6).stream().allMatch(String::isBlank);
            if (!empty) {
                String category = row.get(5).strip();
                if (category.isEmpty()) {
                    throw new DataException("%s, line %d, class: a box without a class".formatted(file, line));
                }
                list.add(object(row, line, category, 1, 2, 3, 4));
            }
        }

        private List<RawObject> entry(String path, long line) {
            if (path.isEmpty()) {
                throw new DataException("%s, line %d: no picture is named".formatted(file, line));
            }
            places.putIfAbsent(path, "%s, line %d".formatted(file, line));
            return objects.computeIfAbsent(path, p -> new ArrayList<>());
        }

        private RawObject object(CSVRecord row, long line, String category, int x1, int y1, int x2, int y2) {
            Box box = Box.ofCorners(
                    number(row, x1, line, "xmin"),
                    number(row, y1, line, "ymin"),
                    number(row, x2, line, "xmax"),
                    number(row, y2, line, "ymax"));
            return RawObject.plain(category, box, "%s, line %d".formatted(file, line));
        }

        private double number(CSVRecord row, int column, long line, String name) {
            String text = row.get(column).strip();
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new DataException("%s, line %d, %s: '%s' is not a number".formatted(file, line, name, text), e);
            }
        }
    }
}
