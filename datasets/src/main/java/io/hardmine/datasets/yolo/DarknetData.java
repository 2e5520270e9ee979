package io.hardmine.datasets.yolo;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.TextLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Darknet's description, {@code obj.data}: lines {@code key = value}, which name a list of the classes and a list of
 * pictures for each split.
 */
final class DarknetData {
    private static final String USUAL = "obj.data";

    private DarknetData() {}

    /**
     * The files that are a description: {@code obj.data}, or else all other {@code .data} files that have its fields.
     */
    static List<Path> candidates(Path folder) {
        Path usual = folder.resolve(USUAL);
        List<Path> files = Files.isRegularFile(usual) ? List.of(usual) : DataFolder.files(folder, ".data");
        return files.stream().filter(DarknetData::isOne).toList();
    }

    private static boolean isOne(Path file) {
        try {
            return fields(file).keySet().containsAll(List.of("names", "train"));
        } catch (DataException e) {
            return false; // other programs write binary files with the extension '.data'
        }
    }

    static YoloDescription read(Path file, Places places) {
        Map<String, String> fields = fields(file);
        Path names = places.all(fields.get("names")).stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new DataException(
                        "%s: the file of the classes' names '%s' does not exist".formatted(file, fields.get("names"))));
        Map<Split, List<String>> lists = new EnumMap<>(Split.class);
        place(fields, "train").ifPresent(list -> lists.put(Split.TRAIN, List.of(list)));
        place(fields, "valid")
                .or(() -> place(fields, "val"))
                .ifPresent(list -> lists.put(Split.VALIDATION, List.of(list)));
        place(fields, "test").ifPresent(list -> lists.put(Split.TEST, List.of(list)));
        return new YoloDescription(file, "", YoloClasses.ofLines(names), lists);
    }

    private static Optional<String> place(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name)).filter(list -> !list.isEmpty());
    }

    private static Map<String, String> fields(Path file) {
        Map<String, String> fields = new HashMap<>();
        for (String line : TextLines.of(file)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return fields;
    }
}
