package io.hardmine.datasets.csv;

import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.file.FileFault;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.DatasetReader;
import io.hardmine.datasets.reading.Findings;
import io.hardmine.datasets.reading.RawDataset;
import io.hardmine.datasets.reading.RawPicture;
import io.hardmine.datasets.reading.SplitNames;
import io.hardmine.datasets.reading.TextLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads tables of boxes in two forms. Without a header it is {@code path,x1,y1,x2,y2,class}, with empty fields for a
 * picture without objects (keras-retinanet). With a header it is {@code
 * filename,width,height,class,xmin,ymin,xmax,ymax} (TensorFlow), with the columns in any order. A column {@code split}
 * gives splits; without it the name of the file or of its folder does. Fields are separated by commas, semicolons or
 * tabs.
 */
public final class CsvReader implements DatasetReader {
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

    /** Tables at the top and in the splits' folders. */
    private static List<Path> tables(Path folder) {
        Stream<Path> splits = DataFolder.folders(folder).stream()
                .filter(f -> SplitNames.of(f.getFileName().toString()).isPresent());
        return Stream.concat(Stream.of(folder), splits)
                .flatMap(f -> DataFolder.files(f, ".csv").stream())
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
                String own = folder.relativize(table).getNameCount() == 1
                        ? ""
                        : table.getParent().getFileName().toString();
                List<String> places =
                        own.isEmpty() ? List.of("", "images") : List.of(own, own + "/images", "", "images");
                Split split = SplitNames.of(folder, table).orElse(null);
                pictures.addAll(new CsvTable(table, places, split, findings).read());
            }
        }
        return new RawDataset(classes(folder.resolve("classes.csv")), pictures);
    }

    /** keras-retinanet's list of classes: {@code name,id}. */
    private static List<Category> classes(Path file) {
        if (Files.notExists(file)) {
            return List.of();
        }
        List<Category> categories = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<Integer> numbers = new HashSet<>();
        try (CSVParser parser = CSVParser.parse(TextLines.text(file), CSVFormat.DEFAULT)) {
            for (CSVRecord row : parser) {
                String where = "%s, line %d".formatted(file, parser.getCurrentLineNumber());
                Category category = category(row, where);
                if (!names.add(category.name())) {
                    throw new DataException("%s: the category '%s' is declared twice; give each category one name"
                            .formatted(where, category.name()));
                }
                if (!numbers.add(category.id())) {
                    throw new DataException("%s: the number %d is taken by another category; give each its own"
                            .formatted(where, category.id()));
                }
                categories.add(category);
            }
            return categories;
        } catch (CSVException | UncheckedIOException e) {
            throw new DataException("%s: broken CSV: %s".formatted(file, e.getMessage()), e);
        } catch (IOException e) {
            throw FileFault.of(file, e);
        }
    }

    private static Category category(CSVRecord row, String where) {
        try {
            return new Category(Integer.parseInt(row.get(1).strip()), row.get(0).strip());
        } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
            throw new DataException("%s: a line is 'name,number'".formatted(where), e);
        }
    }
}
