package io.hardmine.mining.bootstrap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.mining.bootstrap.Decision.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file of decisions, as the review page saves it:
 *
 * <pre>{@code
 * {
 *   "kind": "hardmine-decisions",
 *   "version": 1,
 *   "decisions": [
 *     {
 *       "picture": "background/0001.png",
 *       "region": [120, 40, 96, 96],
 *       "fired": [150, 61.5, 38, 40],
 *       "class": "nut",
 *       "decision": "background"
 *     }
 *   ]
 * }
 * }</pre>
 *
 * <p>Boxes are [x, y, width, height] in pixels of the picture as shown: {@code region} is the crop, and {@code fired}
 * is what the detector took for the {@code class}. A {@code decision} is {@code background}, {@code unsure} or {@code
 * object}. Files of earlier versions have {@code keep} for background and {@code exclude} for unsure.
 */
public final class DecisionFile {
    private static final String KIND = "hardmine-decisions";
    private static final int VERSION = 1;

    /** Words of earlier versions. */
    private static final Map<String, Verdict> EARLIER = Map.of("keep", Verdict.BACKGROUND, "exclude", Verdict.UNSURE);

    private DecisionFile() {}

    /**
     * Reads the decisions of all files, in order.
     *
     * @throws DataException if a file is damaged, naming it, the entry and the field
     */
    public static Decisions read(List<Path> files) throws IOException {
        List<Decision> decisions = new ArrayList<>();
        for (Path file : files) {
            decisions.addAll(read(file));
        }
        return new Decisions(decisions);
    }

    private static List<Decision> read(Path file) throws IOException {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new DataException(
                    "%s, line %d: this is no JSON; save it from review.html again"
                            .formatted(file, e.getLocation().getLineNr()),
                    e);
        }
        if (!root.path("kind").asText().equals(KIND) || root.path("version").asInt() != VERSION) {
            throw new DataException(
                    "%s is no file of decisions of version %d: it needs \"kind\": \"%s\" and \"version\": %d, as review.html saves them"
                            .formatted(file, VERSION, KIND, VERSION));
        }
        JsonNode entries = root.path("decisions");
        if (!entries.isArray()) {
            throw new DataException("%s: \"decisions\" must be a list".formatted(file));
        }
        List<Decision> decisions = new ArrayList<>();
        for (JsonNode entry : entries) {
            String where = "%s, decisions[%d]".formatted(file, decisions.size());
            decisions.add(new Decision(
                    text(entry, "picture", where),
                    box(entry, "region", where),
                    box(entry, "fired", where),
                    text(entry, "class", where),
                    verdict(entry, where),
                    where));
        }
        return decisions;
    }

    private static String text(JsonNode entry, String field, String where) {
        JsonNode value = entry.path(field);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new DataException("%s: \"%s\" is missing, empty or no text".formatted(where, field));
        }
        return value.asText();
    }

    private static Box box(JsonNode entry, String field, String where) {
        JsonNode value = entry.path(field);
        double[] numbers = new double[4];
        boolean valid = value.isArray() && value.size() == numbers.length;
        for (int i = 0; valid && i < numbers.length; i++) {
            valid = value.get(i).isNumber();
            numbers[i] = value.get(i).asDouble();
        }
        Box box = new Box(numbers[0], numbers[1], numbers[2], numbers[3]);
        if (!valid || box.isEmpty()) {
            throw new DataException("%s: \"%s\" must be [x, y, width, height] in pixels, with positive sides, not %s"
                    .formatted(where, field, value.isMissingNode() ? "missing" : value));
        }
        return box;
    }

    private static Verdict verdict(JsonNode entry, String where) {
        String value = text(entry, "decision", where);
        return Arrays.stream(Verdict.values())
                .filter(v -> v.name().toLowerCase(Locale.ROOT).equals(value) || v == EARLIER.get(value))
                .findAny()
                .orElseThrow(() -> new DataException(
                        "%s: \"decision\" must be background, unsure or object, not '%s'".formatted(where, value)));
    }
}
