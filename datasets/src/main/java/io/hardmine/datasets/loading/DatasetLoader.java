package io.hardmine.datasets.loading;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.LoadOptions;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.coco.CocoReader;
import io.hardmine.datasets.csv.CsvReader;
import io.hardmine.datasets.file.FileFault;
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
import java.util.stream.Stream;

/**
 * Reads a folder of annotated pictures. If several formats fit, formats with one annotation file per picture come
 * before tables: Pascal VOC, then YOLO, then COCO, then CSV.
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
     * @throws DataException if there is nothing to read, a file is broken, or, in strict mode, anything is wrong
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
        try {
            return read(folder, reader, options.format() == null ? others : "", options);
        } catch (DataException e) {
            if (others.isEmpty() || options.format() != null) {
                throw e;
            }
            throw new DataException(
                    "%s%nThe folder was read as %s; it also fits: %s. Give --format to choose, such as --format %s."
                            .formatted(e.getMessage().stripTrailing(), reader.format(), others, others.split(",")[0]),
                    e);
        }
    }

    /** @param others names of the other formats that fit, if the choice was left to the loader */
    private static LoadedDataset read(Path folder, DatasetReader reader, String others, LoadOptions options) {
        Findings findings = new Findings(options.strict());
        try {
            RawDataset raw = reader.read(folder, findings);
            Path real = folder.toRealPath();
            String name = real.getFileName() == null
                    ? real.toString()
                    : real.getFileName().toString();
            String how = "%s: %s%s"
                    .formatted(
                            name,
                            reader.format().toUpperCase(Locale.ROOT),
                            others.isEmpty()
                                    ? ""
                                    : " (it has %s; also fits: %s, --format chooses)"
                                            .formatted(reader.signs(), others));
            LoadedDataset loaded =
                    new Assembler(new DataFolder(folder), findings).assemble(name, raw, reader.format(), how);
            if (loaded.dataset().pictures().isEmpty()) {
                throw new DataException("%s holds no picture that can be used%n%s"
                        .formatted(folder, loaded.summary().text()));
            }
            return loaded;
        } catch (IOException e) {
            throw FileFault.of(folder, e);
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
                .orElseThrow(() -> new DataException("%s has none of the formats that can be read:%n%s%s"
                        .formatted(
                                folder,
                                READERS.stream()
                                        .map(r -> "  %s: %s%n".formatted(r.format(), r.signs()))
                                        .collect(Collectors.joining()),
                                nearMisses(folder))));
    }

    /** Pipes, devices and dangling links with the extension of an annotation file. */
    private static Stream<String> noFiles(Path folder) {
        return DataFolder.others(folder).stream()
                .filter(f -> f.getFileName().toString().matches("(?i).*\\.(csv|json|xml|ya?ml|txt|data|names)"))
                .map("%s is no regular file but a pipe, a device or a link to nothing; give a file"::formatted);
    }

    /**
     * Hints for the message: what a format lacks, and which sub-folders fit a format. Archives often hold their data
     * one folder further down.
     */
    private static String nearMisses(Path folder) {
        Stream<String> here = READERS.stream().flatMap(r -> r.nearMiss(folder).stream());
        Stream<String> inside = DataFolder.folders(folder).stream()
                .filter(Files::isReadable)
                .flatMap(f -> READERS.stream().filter(r -> r.fits(f)).map(r -> "%s looks like %s; give that folder"
                        .formatted(f, r.format())));
        return Stream.of(here, inside, noFiles(folder))
                .flatMap(s -> s)
                .map("%s%n"::formatted)
                .collect(Collectors.joining());
    }
}
