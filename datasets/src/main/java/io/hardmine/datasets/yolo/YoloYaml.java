package io.hardmine.datasets.yolo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.TextLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code data.yaml}, which names the classes and the pictures of each split. */
final class YoloYaml {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final List<String> USUAL = List.of("data.yaml", "data.yml", "dataset.yaml", "dataset.yml");
    private static final List<String> SPLITS = List.of("train", "val", "test");

    private YoloYaml() {}

    /**
     * The files that are a description: the first file of a usual name that has any field of a description or cannot be
     * parsed, or else all other YAML files that have the fields {@code names} and {@code train}.
     */
    static List<Path> candidates(Path folder) {
        for (String name : USUAL) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file) && hasAnyField(file)) {
                return List.of(file);
            }
        }
        return Stream.of(".yaml", ".yml")
                .flatMap(ending -> DataFolder.files(folder, ending).stream())
                .filter(f -> !USUAL.contains(f.getFileName().toString()))
                .filter(YoloYaml::hasNamesAndTraining)
                .toList();
    }

    /** Whether the file can be read as a description. */
    static boolean isWhole(Path file) {
        try {
            read(file);
            return true;
        } catch (DataException e) {
            return false; // reading says why
        }
    }

    private static boolean hasAnyField(Path file) {
        try {
            JsonNode root = parse(file);
            return root.has("names") || SPLITS.stream().anyMatch(root::has);
        } catch (DataException e) {
            return true; // it has a usual name, so its fault must be reported
        }
    }

    private static boolean hasNamesAndTraining(Path file) {
        try {
            JsonNode root = parse(file);
            return root.has("names") && root.has("train");
        } catch (DataException e) {
            return false; // some other program's file
        }
    }

    private static JsonNode parse(Path file) {
        try {
            JsonNode root = YAML.readTree(TextLines.text(file));
            if (root == null || !root.isObject()) {
                throw new DataException("%s: expected fields such as 'names:' and 'train:'".formatted(file));
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new DataException(
                    "%s, line %d: broken YAML: %s"
                            .formatted(
                                    file,
                                    e.getLocation() == null
                                            ? 1
                                            : e.getLocation().getLineNr(),
                                    e.getOriginalMessage().lines().findFirst().orElse("")),
                    e);
        }
    }

    static YoloDescription read(Path file) {
        JsonNode root = parse(file);
        Map<Split, List<String>> places = new EnumMap<>(Split.class);
        add(file, root, "train", Split.TRAIN, places);
        add(file, root, "val", Split.VALIDATION, places);
        add(file, root, "test", Split.TEST, places);
        if (places.isEmpty()) {
            throw new DataException(
                    "%s: field 'train' is missing: the folder of the training pictures".formatted(file));
        }
        YoloClasses classes = new YoloClasses(names(file, root.path("names")), keypointFields(file, root));
        return new YoloDescription(file, root.path("path").asText(""), classes, places);
    }

    /**
     * Number of keypoint fields in a row, from {@code kpt_shape: [keypoints, 2 or 3]}: x and y of each keypoint, and a
     * visibility flag if there are three; 0 if rows have no keypoints.
     */
    private static int keypointFields(Path file, JsonNode root) {
        JsonNode shape = root.path("kpt_shape");
        if (shape.isMissingNode() || shape.isNull()) {
            return 0;
        }
        int keypoints = shape.path(0).asInt();
        int each = shape.path(1).asInt();
        if (shape.size() != 2 || keypoints < 1 || keypoints > 10_000 || each < 2 || each > 3) {
            throw new DataException(
                    "%s: field 'kpt_shape' must be [number of keypoints, 2 or 3]; it is %s".formatted(file, shape));
        }
        return keypoints * each;
    }

    private static void add(Path file, JsonNode root, String field, Split split, Map<Split, List<String>> folders) {
        JsonNode value = root.path(field);
        List<String> list = new ArrayList<>();
        if (value.isTextual()) {
            if (!value.asText().isBlank()) {
                list.add(value.asText());
            }
        } else if (value.isArray()) {
            value.forEach(v -> list.add(v.asText()));
        } else if (!value.isMissingNode() && !value.isNull()) {
            throw new DataException("%s: field '%s' must be a folder or a list of folders".formatted(file, field));
        }
        if (!list.isEmpty()) {
            folders.put(split, list);
        }
    }

    private static List<String> names(Path file, JsonNode names) {
        if (names.isArray()) {
            List<String> list = new ArrayList<>();
            names.forEach(n -> list.add(n.asText()));
            return list;
        }
        if (!names.isObject()) {
            throw new DataException(
                    "%s: field 'names' is missing: the classes' names, as a list or by number".formatted(file));
        }
        Map<Integer, String> byNumber = new TreeMap<>();
        names.properties().forEach(e -> {
            try {
                byNumber.put(Integer.parseInt(e.getKey()), e.getValue().asText());
            } catch (NumberFormatException x) {
                throw new DataException("%s: field 'names': '%s' is no class number".formatted(file, e.getKey()), x);
            }
        });
        List<String> list = new ArrayList<>();
        byNumber.forEach((number, name) -> {
            if (number != list.size()) {
                throw new DataException("%s: field 'names': class %d is missing".formatted(file, list.size()));
            }
            list.add(name);
        });
        return list;
    }
}
