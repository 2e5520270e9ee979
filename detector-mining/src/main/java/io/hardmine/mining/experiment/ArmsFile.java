package io.hardmine.mining.experiment;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.file.FileFault;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads arms in YAML:
 *
 * <pre>{@code
 * arms:
 *   - {name: plain, set: [loss.kind=cross_entropy]}
 *   - {name: mined, set: [loss.kind=focal, bootstrap.source=mined], background: true}
 * }</pre>
 */
public final class ArmsFile {
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** In bytes. */
    private static final long LARGEST_FILE = 1 << 20;

    private final Path file;
    private final JsonParser parser;
    private final Consumer<List<String>> check;
    private final List<Arm> arms = new ArrayList<>();

    private ArmsFile(Path file, JsonParser parser, Consumer<List<String>> check) {
        this.file = file;
        this.parser = parser;
        this.check = check;
    }

    /**
     * Reads arms.
     *
     * @param check throws a {@link DataException} if the last of an arm's settings so far cannot be used after the ones
     *     before it
     * @throws DataException naming file, line and field, if anything in it cannot be used
     */
    public static List<Arm> read(Path file, Consumer<List<String>> check) {
        if (Files.exists(file)) {
            FileFault.check(file, LARGEST_FILE);
        }
        try (JsonParser parser = YAML.createParser(Files.readString(file))) {
            return new ArmsFile(file, parser, check).read();
        } catch (NoSuchFileException e) {
            throw new DataException(file + ": there is no such file of arms", e);
        } catch (CharacterCodingException e) {
            throw new DataException(file + " is not a text file in UTF-8", e);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new DataException(
                    "%s, line %d: this is not valid YAML: %s"
                            .formatted(
                                    file,
                                    line,
                                    e.getOriginalMessage().lines().findFirst().orElse("")),
                    e);
        } catch (IOException e) {
            throw FileFault.of(file, e);
        }
    }

    private List<Arm> read() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw mistake(1, "expected the field 'arms' with a list below it");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            if (!parser.currentName().equals("arms")) {
                throw mistake(line(), "unknown field '%s'; there is only 'arms'".formatted(parser.currentName()));
            }
            requireList("arms");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                arms.add(arm());
            }
        }
        if (arms.isEmpty()) {
            throw new DataException(file + ": field 'arms' holds no arm");
        }
        return List.copyOf(arms);
    }

    private Arm arm() throws IOException {
        int line = line();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw mistake(line, "an arm is a group such as {name: focal, set: [loss.kind=focal]}");
        }
        String name = null;
        List<String> settings = new ArrayList<>();
        boolean background = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            switch (parser.currentName()) {
                case "name" -> name = name();
                case "set" -> settings = settings();
                case "background" -> background = yesOrNo();
                default -> throw mistake(
                        line(),
                        "unknown field '%s'; an arm has name, set and background".formatted(parser.currentName()));
            }
        }
        if (name == null) {
            throw mistake(line, "the arm has no field 'name'");
        }
        return new Arm(name, settings, background);
    }

    private String name() throws IOException {
        int line = line();
        JsonToken token = parser.nextToken();
        String name = token.isScalarValue() ? parser.getText() : "";
        try {
            new Arm(name, List.of(), false);
        } catch (IllegalArgumentException e) {
            throw mistake(line, "field 'name': " + e.getMessage());
        }
        if (arms.stream().anyMatch(a -> a.name().equalsIgnoreCase(name))) {
            throw mistake(line, "field 'name': there is an arm '%s' already".formatted(name));
        }
        return name;
    }

    private List<String> settings() throws IOException {
        requireList("set");
        List<String> settings = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int line = line();
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw mistake(line, "field 'set': write field=value, such as loss.gamma=1.5");
            }
            try {
                settings.add(parser.getText());
                check.accept(List.copyOf(settings));
            } catch (DataException e) {
                throw mistake(line, "field 'set': " + e.getMessage());
            }
        }
        return settings;
    }

    private boolean yesOrNo() throws IOException {
        int line = line();
        JsonToken token = parser.nextToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw mistake(line, "field 'background' must be true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private void requireList(String field) throws IOException {
        int line = line();
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw mistake(line, "field '%s' must be a list".formatted(field));
        }
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private DataException mistake(int line, String what) {
        return new DataException("%s, line %d: %s".formatted(file, line, what));
    }
}
