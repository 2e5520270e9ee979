package io.hardmine.mining.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What all runs of an experiment have in common, and how they differ. Seeds are not part of it, because more may be
 * added.
 *
 * @param data folder of the data
 * @param dataFingerprint of its pictures and boxes
 * @param background folder of the background pool; null without one
 * @param backgroundFingerprint of the pool; null without one
 * @param steps of every run
 * @param settings common to all arms, before those of each arm
 * @param arms in the order of the table
 */
public record ExperimentPlan(
        String data,
        String dataFingerprint,
        String background,
        String backgroundFingerprint,
        long steps,
        JsonNode settings,
        List<Arm> arms) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** Copies what could change. */
    public ExperimentPlan {
        settings = settings.deepCopy();
        arms = List.copyOf(arms);
    }

    /** A copy. */
    @Override
    public JsonNode settings() {
        return settings.deepCopy();
    }

    /** The plan in the form in which it is saved. */
    public JsonNode toJson() {
        return JSON.valueToTree(this);
    }

    /** Saves the plan. */
    public void write(Path file) throws IOException {
        AtomicFile.writeString(file, toJson().toPrettyString() + System.lineSeparator());
    }

    /**
     * Reads a saved plan.
     *
     * @throws DataException if the file does not hold a plan
     */
    public static ExperimentPlan read(Path file) throws IOException {
        try {
            ExperimentPlan plan = JSON.readValue(file.toFile(), ExperimentPlan.class);
            if (plan == null) {
                throw new DataException(file + " is not the plan of an experiment: it holds nothing");
            }
            return plan;
        } catch (JsonProcessingException e) {
            throw new DataException(file + " is not the plan of an experiment: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The arm that the others are compared with.
     *
     * @param wanted name of an arm; null for the first
     * @throws DataException if there is no such arm
     */
    public String reference(String wanted) {
        List<String> names = arms.stream().map(Arm::name).toList();
        if (wanted == null) {
            return names.get(0);
        }
        if (!names.contains(wanted)) {
            throw new DataException(
                    "--reference: there is no arm '%s'; there are %s".formatted(wanted, String.join(", ", names)));
        }
        return wanted;
    }

    /** How this differs from an earlier plan, each difference in a few words; empty if runs of both can be compared. */
    public List<String> changesSince(ExperimentPlan earlier) {
        List<String> changes = new ArrayList<>();
        if (!dataFingerprint.equals(earlier.dataFingerprint)) {
            changes.add("the pictures or boxes of the data are not those of " + earlier.data);
        }
        if (!String.valueOf(backgroundFingerprint).equals(String.valueOf(earlier.backgroundFingerprint))) {
            changes.add("the background pictures are not those of "
                    + (earlier.background == null ? "before: there were none" : earlier.background));
        }
        if (steps != earlier.steps) {
            changes.add("steps were %d, now %d".formatted(earlier.steps, steps));
        }
        changes.addAll(differences(leaves(earlier.settings), leaves(settings)));
        changes.addAll(differences(described(earlier.arms), described(arms)));
        return changes;
    }

    private static List<String> differences(Map<String, String> earlier, Map<String, String> now) {
        TreeSet<String> names = new TreeSet<>(earlier.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .filter(n -> !earlier.getOrDefault(n, "").equals(now.getOrDefault(n, "")))
                .map(n -> "%s was %s, now %s"
                        .formatted(n, earlier.getOrDefault(n, "not there"), now.getOrDefault(n, "not there")))
                .toList();
    }

    private static Map<String, String> described(List<Arm> arms) {
        Map<String, String> described = new TreeMap<>();
        arms.forEach(arm -> described.put(
                "arm '%s'".formatted(arm.name()),
                arm.settings() + (arm.background() ? " with background" : " without background")));
        return described;
    }

    private static Map<String, String> leaves(JsonNode settings) {
        Map<String, String> leaves = new TreeMap<>();
        collect("", settings, leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, String> leaves) {
        if (node.isObject()) {
            node.fields()
                    .forEachRemaining(
                            f -> collect(path.isEmpty() ? f.getKey() : path + "." + f.getKey(), f.getValue(), leaves));
        } else {
            leaves.put(path, node.isTextual() ? node.asText() : node.toString());
        }
    }
}
