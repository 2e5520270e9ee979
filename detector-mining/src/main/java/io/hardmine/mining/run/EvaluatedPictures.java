package io.hardmine.mining.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which pictures of a folder a model is scored on.
 *
 * @param dataset the chosen pictures
 * @param how they were chosen, for display
 * @param warnings for the user, each in a sentence
 */
public record EvaluatedPictures(Dataset dataset, String how, List<String> warnings) {
    /** Copies the list. */
    public EvaluatedPictures {
        warnings = List.copyOf(warnings);
    }

    /** What to score on. */
    public enum Choice {
        /** Pictures that the model has never seen. */
        TEST(Split.TEST),
        /** Pictures that weights and thresholds were chosen on. */
        VALIDATION(Split.VALIDATION),
        /** Pictures that the weights were fitted to. */
        TRAIN(Split.TRAIN),
        /** Every picture. */
        ALL(null);

        private final Split split;

        Choice(Split split) {
            this.split = split;
        }
    }

    /** The split that a model carries, as {@link Partition#toJson} wrote it. */
    public static JsonNode splitOf(TrainedModel model) {
        return model.description().origin().split().toJson();
    }

    /**
     * Chooses the pictures. The split that the model carries is used if the folder has at least half of the pictures in
     * the chosen part, or in all parts. Otherwise the folder's own split is used, or all pictures if it has none.
     *
     * @throws DataException if there are none
     */
    public static EvaluatedPictures choose(LoadedDataset loaded, TrainedModel model, Choice choice) {
        return choose(loaded, splitOf(model), choice);
    }

    private static EvaluatedPictures choose(LoadedDataset loaded, JsonNode split, Choice choice) {
        Map<String, Split> seen = seen(split, loaded);
        List<String> warnings = new ArrayList<>();
        String how;
        Map<String, Split> splits;
        boolean known = choice != Choice.ALL && isThere(split, seen, choice.split);
        if (choice == Choice.ALL || loaded.givenSplits().isEmpty() && !known) {
            splits = Map.of();
            how = "all pictures";
        } else if (known) {
            Partition stored = Partition.stored(split, loaded);
            warnings.addAll(stored.warnings());
            splits = stored.splits();
            how = choice.split.name().toLowerCase(Locale.ROOT) + " split of the model";
        } else {
            splits = loaded.givenSplits();
            how = choice.split.name().toLowerCase(Locale.ROOT) + " split of the folder";
        }
        List<Picture> pictures = loaded.dataset().pictures().stream()
                .filter(p -> splits.isEmpty() || splits.get(p.name()) == choice.split)
                .toList();
        if (pictures.isEmpty()) {
            throw new DataException(
                    "there are no pictures in the %s; --split takes test, validation, train or all".formatted(how));
        }
        warnOfKnown(seen, pictures, warnings);
        return new EvaluatedPictures(loaded.dataset().withPictures(pictures), how, warnings);
    }

    /**
     * The part that each picture had when the model was trained, by name. Pictures are recognized by content, because
     * names repeat between data sets.
     */
    private static Map<String, Split> seen(JsonNode split, LoadedDataset loaded) {
        Map<String, Split> byHash = new HashMap<>();
        for (Split part : Split.values()) {
            names(split, part).forEach(entry -> byHash.put(entry.path("sha256").asText(), part));
        }
        Map<String, Split> seen = new HashMap<>();
        loaded.hashes().forEach((name, hash) -> {
            if (byHash.containsKey(hash)) {
                seen.put(name, byHash.get(hash));
            }
        });
        return seen;
    }

    private static JsonNode names(JsonNode split, Split part) {
        return split.path(part.name().toLowerCase(Locale.ROOT));
    }

    /**
     * Whether the folder is the one that the model was trained on. A few pictures that the model has seen are not
     * enough.
     */
    private static boolean isThere(JsonNode split, Map<String, Split> seen, Split chosen) {
        long found = seen.values().stream().filter(s -> s == chosen).count();
        int all =
                Stream.of(Split.values()).mapToInt(s -> names(split, s).size()).sum();
        return found > 0 && 2 * found >= names(split, chosen).size() || !seen.isEmpty() && 2 * seen.size() >= all;
    }

    private static void warnOfKnown(Map<String, Split> seen, List<Picture> pictures, List<String> warnings) {
        long trained =
                pictures.stream().filter(p -> seen.get(p.name()) == Split.TRAIN).count();
        long chosen = pictures.stream()
                .filter(p -> seen.get(p.name()) == Split.VALIDATION)
                .count();
        if (trained > 0) {
            warnings.add("the model was trained on %d of these %d pictures: the scores say nothing about new ones"
                    .formatted(trained, pictures.size()));
        } else if (chosen > 0) {
            warnings.add(
                    "weights and thresholds were chosen on %d of these %d pictures: the scores are a little too good"
                            .formatted(chosen, pictures.size()));
        }
    }
}
