package io.hardmine.datasets;

import io.hardmine.datasets.coco.CocoReader;
import io.hardmine.datasets.csv.CsvReader;
import io.hardmine.datasets.reading.Assembler;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.DatasetReader;
import io.hardmine.datasets.reading.Findings;
import io.hardmine.datasets.reading.RawDataset;
import io.hardmine.datasets.voc.VocReader;
import io.hardmine.datasets.yolo.YoloReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Reads a folder of annotated pictures. Where several formats fit, annotations per picture come before tables: Pascal
 * VOC, then YOLO, then COCO, then CSV.
 */
public final class DatasetLoader {
    private static final List<DatasetReader> READERS =
            List.of(new VocReader(), new YoloReader(), new CocoReader(), new CsvReader());

    private DatasetLoader() {}

    /** Names of the formats, in their order of precedence. */
    public static List<String> formats() {
        return READERS.stream().map(DatasetReader::format).toList();
    }

    /**
     * Reads a folder.
     *
     * @throws DataException where there is nothing to read, a file is broken, or, in strict mode, anything is wrong
     */
    public static LoadedDataset load(Path folder, LoadOptions options) {
        if (!Files.isDirectory(folder)) {
            throw new DataException("%s is not a folder; give the folder that the pictures and their annotations lie in"
                    .formatted(folder));
        }
        List<DatasetReader> fitting =
                READERS.stream().filter(r -> r.fits(folder)).toList();
        DatasetReader reader = choose(folder, options, fitting);
        String others = fitting.stream()
                .filter(r -> r != reader)
                .map(DatasetReader::format)
                .collect(Collectors.joining(", "));
        Findings findings = new Findings(options.strict());
        try {
            RawDataset raw = reader.read(folder, findings);
            String name = folder.toRealPath().getFileName().toString();
            boolean ambiguous = options.format() == null && !others.isEmpty();
            String how = "%s: %s%s"
                    .formatted(
                            name,
                            reader.format().toUpperCase(Locale.ROOT),
                            ambiguous
                                    ? " (it has %s; also fits: %s, --format chooses)".formatted(reader.signs(), others)
                                    : "");
            LoadedDataset loaded =
                    new Assembler(new DataFolder(folder), findings).assemble(name, raw, reader.format(), how);
            if (loaded.dataset().pictures().isEmpty()) {
                throw new DataException("%s holds no picture that can be used%n%s"
                        .formatted(folder, loaded.summary().text()));
            }
            return loaded;
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static DatasetReader choose(Path folder, LoadOptions options, List<DatasetReader> fitting) {
        if (options.format() != null) {
            return READERS.stream()
                    .filter(r -> r.format().equalsIgnoreCase(options.format()))
                    .findFirst()
                    .orElseThrow(() -> new DataException("unknown format '%s'; there are %s"
                            .formatted(options.format(), String.join(", ", formats()))));
        }
        return fitting.stream()
                .findFirst()
                .orElseThrow(() -> new DataException("%s has none of the formats that can be read:%n%s"
                        .formatted(
                                folder,
                                READERS.stream()
                                        .map(r -> "  %s: %s%n".formatted(r.format(), r.signs()))
                                        .collect(Collectors.joining()))));
    }
}
