package io.hardmine.mining.settings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.file.FileFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Applies settings in YAML to a record that holds defaults. Fields are the record's components in snake_case, and
 * groups are records inside it. The fields of an unwrapped record are at the level of its owner. Fields that are not
 * mentioned keep their defaults. Ranges are checked by the records' constructors, which throw {@link
 * IllegalArgumentException} with a sentence that names the field.
 */
public final class SettingsReader {
    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .configure(EnumFeature.WRITE_ENUMS_TO_LOWERCASE, true)
            .addModule(numbersLeftToARule())
            .build();

    /** In bytes; all settings with comments have 5,000. */
    private static final long LARGEST_FILE = 1 << 20;

    private final String source;
    private final boolean lines;
    private final JsonParser parser;
    private final Record root;

    /** Writes a null number as {@code auto}. */
    private static Module numbersLeftToARule() {
        return new SimpleModule().setSerializerModifier(new BeanSerializerModifier() {
            @Override
            public List<BeanPropertyWriter> changeProperties(
                    SerializationConfig config, BeanDescription description, List<BeanPropertyWriter> properties) {
                properties.stream()
                        .filter(p -> p.getType().hasRawClass(Double.class))
                        .forEach(p -> p.assignNullSerializer(new StdScalarSerializer<>(Object.class) {
                            @Override
                            public void serialize(Object none, JsonGenerator out, SerializerProvider provider)
                                    throws IOException {
                                out.writeString(SettingList.AUTO);
                            }
                        }));
                return properties;
            }
        });
    }

    private SettingsReader(String source, boolean lines, JsonParser parser, Record root) {
        this.source = source;
        this.lines = lines;
        this.parser = parser;
        this.root = root;
    }

    /**
     * The defaults, overridden by the settings in a file.
     *
     * @throws DataException naming file, line and field, if anything in the file cannot be used
     */
    public static <T extends Record> T read(Path file, T defaults) {
        try {
            if (Files.exists(file)) {
                FileFault.check(file, LARGEST_FILE);
            }
            return parse(Files.readString(file), file.toString(), true, defaults);
        } catch (NoSuchFileException e) {
            throw new DataException(file + ": there is no such settings file", e);
        } catch (CharacterCodingException e) {
            throw new DataException(file + " is not a text file in UTF-8", e);
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The defaults with one field changed, as by {@code --set}.
     *
     * @param assignment path and value, such as {@code optimizer.learning_rate=0.02}
     * @throws DataException if the field or the value cannot be used
     */
    public static <T extends Record> T set(String assignment, T defaults) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new DataException(
                    "'%s': write field=value, such as optimizer.learning_rate=0.02".formatted(assignment));
        }
        String[] path = assignment.substring(0, equals).split("\\.");
        String yaml = Arrays.stream(path).map(part -> "{\"" + part + "\": ").collect(Collectors.joining())
                + assignment.substring(equals + 1)
                + "}".repeat(path.length);
        return parse(yaml, "'" + assignment + "'", false, defaults);
    }

    /**
     * As {@link #set(String, Record)}, for several assignments. Of several assignments to one name the last one counts.
     * Otherwise their order does not matter: an assignment that is refused, such as a short side above the long side,
     * is tried again after the others.
     *
     * @throws DataException of the first assignment that is still refused
     */
    public static <T extends Record> T set(List<String> assignments, T defaults) {
        Map<String, String> byField = new LinkedHashMap<>();
        assignments.forEach(assignment -> byField.put(assignment.split("=", 2)[0], assignment));
        List<String> left = List.copyOf(byField.values());
        T settings = defaults;
        while (!left.isEmpty()) {
            Map<String, DataException> refused = new LinkedHashMap<>();
            for (String assignment : left) {
                try {
                    settings = set(assignment, settings);
                } catch (DataException e) {
                    refused.put(assignment, e);
                }
            }
            if (refused.size() == left.size()) {
                throw refused.get(left.get(0));
            }
            left = List.copyOf(refused.keySet());
        }
        return settings;
    }

    /** Settings in the form that {@link #read} takes. */
    public static String write(Record settings) {
        try {
            return YAML.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T extends Record> T parse(String text, String source, boolean lines, T defaults) {
        try (JsonParser parser = YAML.createParser(text)) {
            SettingsReader reader = new SettingsReader(source, lines, parser, defaults);
            JsonToken first = parser.nextToken();
            if (first == null) {
                return defaults;
            }
            if (first != JsonToken.START_OBJECT) {
                throw reader.mistake(reader.line(), "expected fields, such as 'seed: 1'");
            }
            return reader.group(defaults, "");
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = lines && at != null ? ", line " + at.getLineNr() : "";
            throw new DataException("%s%s: this is not valid YAML: %s".formatted(source, where, firstLine(e)), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one group of fields, from after its start token to its end. */
    private <T extends Record> T group(T defaults, String path) throws IOException {
        List<RecordComponent> parts = List.of(defaults.getClass().getRecordComponents());
        List<String> names = parts.stream().map(p -> snakeCase(p.getName())).toList();
        Map<Integer, Object> given = new LinkedHashMap<>();
        Map<Integer, Integer> places = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int line = line();
            int i = names.indexOf(name);
            int owner = i >= 0 ? i : unwrappedWith(name, parts, defaults);
            if (owner < 0) {
                throw mistake(line, "unknown field '%s%s'%s".formatted(path, name, hint(path, name, defaults)));
            }
            parser.nextToken();
            Object present = given.getOrDefault(owner, valueOf(parts.get(owner), defaults));
            given.put(
                    owner,
                    i >= 0
                            ? value(parts.get(i), present, path + name, line)
                            : unwrapped((Record) present, name, path, line));
            places.put(owner, line);
        }
        try {
            return with(defaults, given);
        } catch (IllegalArgumentException e) {
            throw mistake(culprit(defaults, given, places), e.getMessage());
        }
    }

    /** Index of the unwrapped part that has a field of the name; −1 if none has. */
    private static int unwrappedWith(String name, List<RecordComponent> parts, Record defaults) {
        for (int i = 0; i < parts.size(); i++) {
            if (isUnwrapped(parts.get(i))
                    && fields((Record) valueOf(parts.get(i), defaults)).contains(name)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isUnwrapped(RecordComponent part) {
        return part.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
    }

    /** Reads one field of an unwrapped record. */
    private Record unwrapped(Record owner, String name, String path, int line) throws IOException {
        int i = fields(owner).indexOf(name);
        RecordComponent part = owner.getClass().getRecordComponents()[i];
        Object value = value(part, valueOf(part, owner), path + name, line);
        Map<Integer, Object> given = new LinkedHashMap<>();
        given.put(i, value);
        try {
            return with(owner, given);
        } catch (IllegalArgumentException e) {
            throw mistake(line, e.getMessage());
        }
    }

    /**
     * The line of the field that is wrong on its own; if the fields are wrong only together, the line of the last one.
     */
    private <T extends Record> int culprit(T defaults, Map<Integer, Object> given, Map<Integer, Integer> places) {
        int line = 0;
        for (Map.Entry<Integer, Object> field : given.entrySet()) {
            line = places.get(field.getKey());
            try {
                with(defaults, Map.of(field.getKey(), field.getValue()));
            } catch (IllegalArgumentException e) {
                return line;
            }
        }
        return line;
    }

    private Object value(RecordComponent part, Object present, String path, int line) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            if (present == null) {
                return null;
            }
            throw mistake(line, "'%s' has no value".formatted(path));
        }
        if (present instanceof Record group) {
            if (token != JsonToken.START_OBJECT) {
                throw mistake(
                        line,
                        "'%s' is a group; it takes fields in the lines below it, indented: %s"
                                .formatted(path, String.join(", ", fields(group))));
            }
            return group(group, path + ".");
        }
        Class<?> type = part.getType();
        String text = token.isScalarValue() ? parser.getText() : null;
        if (type == Double.class && SettingList.AUTO.equalsIgnoreCase(text)) {
            return null;
        }
        if (type == double.class || type == Double.class) {
            return number(text, path, line, type == Double.class ? ", or " + SettingList.AUTO : "");
        }
        try {
            return YAML.readValue(parser, YAML.constructType(part.getGenericType()));
        } catch (ValueInstantiationException e) {
            throw mistake(line, "'%s': %s".formatted(path, e.getCause().getMessage()));
        } catch (JsonMappingException e) {
            String found = text == null ? "a list or group" : "'" + text + "'";
            throw mistake(line, "'%s' must be %s, not %s".formatted(path, expected(type, e), found));
        }
    }

    /** Parses a number. The YAML parser is not used, because YAML 1.1 takes 1e-4 for a text. */
    private Double number(String text, String path, int line, String alternative) {
        try {
            double value = Double.parseDouble(text == null ? "" : text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the same message
        }
        throw mistake(
                line,
                "'%s' must be a finite number%s, not %s"
                        .formatted(path, alternative, text == null ? "a list or group" : "'" + text + "'"));
    }

    private static String expected(Class<?> type, JsonMappingException e) {
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == long.class) {
            return "a whole number";
        }
        if (type.isEnum()) {
            return "one of " + String.join(", ", Spelling.smallLetters(type));
        }
        if (type.isRecord()) {
            return "a group of "
                    + Arrays.stream(type.getRecordComponents())
                            .map(c -> snakeCase(c.getName()))
                            .collect(Collectors.joining(", "))
                    + " (" + firstLine(e) + ")";
        }
        return "of another form (" + firstLine(e) + ")";
    }

    /** A hint for an unknown field: the full name that was probably meant, or the names that exist. */
    private String hint(String path, String name, Record group) {
        List<String> all = SettingList.names(root);
        List<String> ofOtherGroups = all.stream()
                .filter(n -> n.equals(name) || n.endsWith("." + name))
                .toList();
        if (!ofOtherGroups.isEmpty()) {
            return ", did you mean '%s'?".formatted(String.join("' or '", ofOtherGroups));
        }
        List<String> here = fields(group).stream().map(field -> path + field).toList();
        List<String> candidates = new ArrayList<>(here);
        candidates.addAll(all);
        return Spelling.nearest(path + name, candidates)
                .map(", did you mean '%s'?"::formatted)
                .orElse("; there are " + String.join(", ", here));
    }

    /** Names that may stand in a group. */
    private static List<String> fields(Record group) {
        return Arrays.stream(group.getClass().getRecordComponents())
                .flatMap(c -> isUnwrapped(c)
                        ? fields((Record) valueOf(c, group)).stream()
                        : Stream.of(snakeCase(c.getName())))
                .toList();
    }

    private static <T extends Record> T with(T defaults, Map<Integer, Object> given) {
        RecordComponent[] parts = defaults.getClass().getRecordComponents();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            values.add(given.containsKey(i) ? given.get(i) : valueOf(parts[i], defaults));
        }
        Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            @SuppressWarnings("unchecked")
            Class<T> type = (Class<T>) defaults.getClass();
            return type.getDeclaredConstructor(types).newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings must be public records: " + defaults.getClass(), e);
        }
    }

    private static Object valueOf(RecordComponent part, Record record) {
        try {
            return part.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings must be public records: " + record.getClass(), e);
        }
    }

    private static String snakeCase(String name) {
        return PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(name);
    }

    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("");
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private DataException mistake(int line, String what) {
        return new DataException(lines ? "%s, line %d: %s".formatted(source, line, what) : source + ": " + what);
    }
}
