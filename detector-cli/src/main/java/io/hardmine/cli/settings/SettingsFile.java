package io.hardmine.cli.settings;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * A YAML file of settings, with the line of each field.
 *
 * @param source the file, for messages
 * @param fields as nested objects
 * @param lines of the fields by dotted name
 */
record SettingsFile(String source, ObjectNode fields, Map<String, Integer> lines) {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

    static SettingsFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException("%s: there is no such settings file".formatted(file));
        }
        try {
            JsonNode root = YAML.readTree(file.toFile());
            if (root.isMissingNode() || root.isNull()) {
                root = YAML.createObjectNode();
            }
            if (!(root instanceof ObjectNode fields)) {
                throw new DataException(
                        "%s: expected fields such as 'schedule:', found a single value or a list".formatted(file));
            }
            return new SettingsFile(file.toString(), fields, lines(file));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new DataException(
                    "%s, line %d: broken YAML: %s"
                            .formatted(
                                    file,
                                    at == null ? 1 : at.getLineNr(),
                                    e.getOriginalMessage().lines().findFirst().orElse("")),
                    e);
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static Map<String, Integer> lines(Path file) throws IOException {
        Map<String, Integer> lines = new HashMap<>();
        Deque<String> path = new ArrayDeque<>();
        try (JsonParser parser = YAML.createParser(file.toFile())) {
            String field = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    field = (path.isEmpty() ? "" : path.peek()) + parser.currentName();
                    lines.put(field, parser.currentTokenLocation().getLineNr());
                } else if (token == JsonToken.START_OBJECT) {
                    path.push(field.isEmpty() ? "" : field + ".");
                } else if (token == JsonToken.END_OBJECT) {
                    path.pop();
                }
            }
        }
        return lines;
    }

    static void write(JsonNode fields, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        YAML.writeValue(file.toFile(), fields);
    }

    /** The value that a flag's text stands for. */
    static JsonNode value(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            return YAML.getNodeFactory().textNode(text);
        }
    }

    String where(String field) {
        return lines.containsKey(field) ? "%s, line %d".formatted(source, lines.get(field)) : source;
    }
}
