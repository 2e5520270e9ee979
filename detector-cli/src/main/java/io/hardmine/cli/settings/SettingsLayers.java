package io.hardmine.cli.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.training.TrainingSettings;
import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Training settings as layers: what follows from the data, then a settings file, then flags; later ones win. */
public final class SettingsLayers {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();
    private static final String FLAGS = "command line";

    private final ObjectNode fields;
    private SettingsFile last;

    /** The lowest layer. */
    public SettingsLayers(TrainingSettings base) {
        fields = JSON.valueToTree(base);
    }

    /**
     * Lays a YAML file over what there is.
     *
     * @throws DataException where it is broken or names a field that there is not; the message has file and line
     */
    public SettingsLayers file(Path file) {
        last = SettingsFile.read(file);
        merge("", fields, last.fields(), last);
        return this;
    }

    /**
     * Lays flags over what there is.
     *
     * @param flags dotted names to values, such as {@code optimizer.learning_rate} to {@code 0.02}
     */
    public SettingsLayers flags(Map<String, String> flags) {
        ObjectNode tree = JSON.createObjectNode();
        flags.forEach((name, value) -> {
            List<String> parts = Arrays.asList(name.split("\\."));
            ObjectNode at = tree;
            for (String part : parts.subList(0, parts.size() - 1)) {
                at = at.withObjectProperty(part);
            }
            at.set(parts.get(parts.size() - 1), SettingsFile.value(value));
        });
        merge("", fields, tree, new SettingsFile(FLAGS, tree, Map.of()));
        return this;
    }

    private void merge(String path, ObjectNode base, ObjectNode over, SettingsFile from) {
        for (Map.Entry<String, JsonNode> field : over.properties()) {
            String name = path + field.getKey();
            JsonNode known = base.get(field.getKey());
            if (known == null) {
                throw new DataException(
                        "%s: unknown field '%s'%s".formatted(from.where(name), name, nearest(field.getKey(), base)));
            }
            if (name.equals("anchors") && field.getValue().isObject()) {
                ObjectNode anchors = JSON.valueToTree(AnchorShapes.paper());
                merge("anchors.", anchors, (ObjectNode) field.getValue(), from);
                base.set("anchors", anchors);
            } else if (known instanceof ObjectNode inner) {
                if (!(field.getValue() instanceof ObjectNode group)) {
                    throw new DataException(
                            "%s: '%s' is a group of fields: %s".formatted(from.where(name), name, names(inner)));
                }
                merge(name + ".", inner, group, from);
            } else {
                base.set(field.getKey(), field.getValue());
            }
        }
    }

    private static String names(ObjectNode node) {
        return node.properties().stream().map(Map.Entry::getKey).collect(Collectors.joining(", "));
    }

    private static String nearest(String name, ObjectNode base) {
        return base.properties().stream()
                .map(Map.Entry::getKey)
                .filter(known -> distance(known, name) <= 3)
                .min(Comparator.comparingInt(known -> distance(known, name)))
                .map("; did you mean '%s'?"::formatted)
                .orElse("; there are: "
                        + String.join(
                                ", ", new TreeSet<>(Arrays.asList(names(base).split(", ")))));
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    /**
     * The settings.
     *
     * @throws DataException where a value is of the wrong kind or out of range; the message names the field
     */
    public TrainingSettings settings() {
        try {
            return JSON.treeToValue(fields, TrainingSettings.class);
        } catch (ValueInstantiationException e) {
            throw new DataException(
                    "settings%s: %s".formatted(source(), e.getCause().getMessage()), e);
        } catch (InvalidFormatException e) {
            Class<?> type = e.getTargetType();
            String wanted = type.isEnum()
                    ? "one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)
                    : "a number";
            throw new DataException("%s: '%s' is '%s', not %s".formatted(place(e), path(e), e.getValue(), wanted), e);
        } catch (JsonMappingException e) {
            throw new DataException("%s: '%s' is of the wrong kind".formatted(place(e), path(e)), e);
        } catch (JsonProcessingException e) {
            throw new DataException("settings: %s".formatted(e.getOriginalMessage()), e);
        }
    }

    private String source() {
        return last == null ? "" : " (" + last.source() + ")";
    }

    private String place(JsonMappingException e) {
        return last == null ? "settings" : last.where(path(e));
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(r -> r.getFieldName() == null ? String.valueOf(r.getIndex()) : r.getFieldName())
                .collect(Collectors.joining("."));
    }

    /** Writes settings as a file that {@link #file} reads. */
    public static void write(TrainingSettings settings, Path file) throws IOException {
        SettingsFile.write(JSON.valueToTree(settings), file);
    }
}
