package io.hardmine.datasets.yolo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code data.yaml}.
 *
 * @param names of the classes by number
 * @param folders of each split, test first, so that a folder named twice stays out of training
 */
record YoloYaml(List<String> names, Map<Split, List<String>> folders) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static Optional<Path> find(Path folder) {
        return List.of("data.yaml", "data.yml", "dataset.yaml").stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    static YoloYaml read(Path file) {
        JsonNode root;
        try {
            root = YAML.readTree(file.toFile());
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
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
        if (root == null || !root.isObject()) {
            throw new DataException("%s: expected fields such as 'names:' and 'train:'".formatted(file));
        }
        Map<Split, List<String>> folders = new LinkedHashMap<>();
        add(file, root, "test", Split.TEST, folders);
        add(file, root, "val", Split.VALIDATION, folders);
        add(file, root, "train", Split.TRAIN, folders);
        if (folders.isEmpty()) {
            throw new DataException(
                    "%s: field 'train' is missing: the folder of the training pictures".formatted(file));
        }
        String base = root.path("path").asText("");
        if (!base.isEmpty() && !Path.of(base).isAbsolute() && !base.equals(".")) {
            folders.replaceAll((split, list) -> list.stream()
                    .map(f -> Files.isDirectory(file.resolveSibling(f)) ? f : base + "/" + f)
                    .toList());
        }
        return new YoloYaml(names(file, root.path("names")), folders);
    }

    private static void add(Path file, JsonNode root, String field, Split split, Map<Split, List<String>> folders) {
        JsonNode value = root.path(field);
        List<String> list = new ArrayList<>();
        if (value.isTextual()) {
            list.add(value.asText());
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
