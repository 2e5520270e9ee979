package io.hardmine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which pictures of a folder a model is scored on.
 *
 * @param dataset those pictures
 * @param how they were chosen, for people
 * @param warnings what deserves attention, each in a sentence
 */
record EvaluatedPictures(Dataset dataset, String how, List<String> warnings) {
    /** What to score on. */
    enum Choice {
        TEST(Split.TEST),
        VALIDATION(Split.VALIDATION),
        TRAIN(Split.TRAIN),
        ALL(null);

        private final Split split;

        Choice(Split split) {
            this.split = split;
        }
    }

    /**
     * The pictures. Those of the split that the model carries come first; of data that it does not know, the folder's own
     * split; of data without any, all pictures.
     *
     * @param split as {@link Partition#toJson} wrote it into the model
     * @throws DataException where there are none
     */
    static EvaluatedPictures choose(LoadedDataset loaded, JsonNode split, Choice choice) {
        Partition stored = Partition.stored(split, loaded);
        List<String> warnings = new ArrayList<>();
        String how;
        Map<String, Split> splits;
        if (choice == Choice.ALL
                || loaded.givenSplits().isEmpty() && stored.splits().isEmpty()) {
            splits = Map.of();
            how = "all pictures";
        } else if (!stored.splits().isEmpty()) {
            warnings.addAll(stored.warnings());
            splits = stored.splits();
            how = choice.split.name().toLowerCase(java.util.Locale.ROOT) + " split of the model";
        } else {
            splits = loaded.givenSplits();
            how = choice.split.name().toLowerCase(java.util.Locale.ROOT) + " split of the folder";
        }
        List<Picture> pictures = loaded.dataset().pictures().stream()
                .filter(p -> splits.isEmpty() || splits.get(p.name()) == choice.split)
                .toList();
        if (pictures.isEmpty()) {
            throw new DataException(
                    "there are no pictures in the %s; --split takes test, validation, train or all".formatted(how));
        }
        warnOfKnown(stored, pictures, warnings);
        return new EvaluatedPictures(loaded.dataset().withPictures(pictures), how, warnings);
    }

    private static void warnOfKnown(Partition stored, List<Picture> pictures, List<String> warnings) {
        long trained = pictures.stream()
                .filter(p -> stored.splits().get(p.name()) == Split.TRAIN)
                .count();
        long chosen = pictures.stream()
                .filter(p -> stored.splits().get(p.name()) == Split.VALIDATION)
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
