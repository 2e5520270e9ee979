package io.hardmine.datasets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A data set in its three parts.
 *
 * @param dataset the data set that is split
 * @param splits the part of each picture, by name; pictures without an entry take no part
 * @param hashes SHA-256 of each picture's file, by name
 * @param how the split came about, in a sentence
 * @param warnings for the user, each in a sentence
 */
public record Partition(
        Dataset dataset, Map<String, Split> splits, Map<String, String> hashes, String how, List<String> warnings) {
    /** Copies the collections. */
    public Partition {
        splits = Map.copyOf(splits);
        hashes = Map.copyOf(hashes);
        warnings = List.copyOf(warnings);
    }

    /** The pictures of one part. */
    public Dataset part(Split split) {
        return dataset.withPictures(dataset.pictures().stream()
                .filter(p -> splits.get(p.name()) == split)
                .toList());
    }

    /** Names and hashes by part, to be stored with a run and in a model. */
    public JsonNode toJson() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("how", how);
        Map<Split, ArrayNode> lists = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            lists.put(split, json.putArray(split.name().toLowerCase(Locale.ROOT)));
        }
        dataset.pictures().forEach(p -> {
            Split split = splits.get(p.name());
            if (split != null) {
                lists.get(split).addObject().put("name", p.name()).put("sha256", hashes.get(p.name()));
            }
        });
        return json;
    }

    /**
     * Restores the split that {@link #toJson} stored, for a data set that was read again. A picture is recognized by
     * its content, or else by its name. Changed and missing pictures give warnings.
     */
    public static Partition stored(JsonNode json, LoadedDataset loaded) {
        Map<String, String> nameByHash = new HashMap<>();
        loaded.hashes().forEach((name, hash) -> nameByHash.putIfAbsent(hash, name));
        Map<String, Split> splits = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (Split split : Split.values()) {
            for (JsonNode entry : json.path(split.name().toLowerCase(Locale.ROOT))) {
                String name = entry.path("name").asText();
                String hash = entry.path("sha256").asText();
                if (hash.equals(loaded.hashes().get(name))) {
                    splits.put(name, split);
                } else if (nameByHash.containsKey(hash)) {
                    splits.put(nameByHash.get(hash), split);
                } else if (loaded.hashes().containsKey(name)) {
                    changed.add(name);
                    splits.put(name, split);
                } else {
                    missing.add(name);
                }
            }
        }
        List<String> warnings = new ArrayList<>();
        warn(warnings, missing, "of the stored split's pictures are not in the data");
        warn(warnings, changed, "pictures have another content than when the model was trained");
        String how = "as stored with the run: " + json.path("how").asText();
        return new Partition(loaded.dataset(), splits, loaded.hashes(), how, warnings);
    }

    private static void warn(List<String> warnings, List<String> names, String what) {
        if (!names.isEmpty()) {
            warnings.add("%d %s, such as %s".formatted(names.size(), what, names.get(0)));
        }
    }
}
