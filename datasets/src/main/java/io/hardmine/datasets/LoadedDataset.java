package io.hardmine.datasets;

import java.util.Map;

/**
 * A data set as read from a folder.
 *
 * @param dataset all usable pictures
 * @param givenSplits the split that the folder assigns to a picture, by its name; a picture without a split has no
 *     entry
 * @param hashes SHA-256 of each picture's file, by its name
 * @param summary what was read, and what is wrong with it
 */
public record LoadedDataset(
        Dataset dataset, Map<String, Split> givenSplits, Map<String, String> hashes, DataSummary summary) {
    /** Copies the maps. */
    public LoadedDataset {
        givenSplits = Map.copyOf(givenSplits);
        hashes = Map.copyOf(hashes);
    }
}
