package io.hardmine.mining.run;

import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import java.nio.file.Path;
import java.util.List;

/**
 * The pictures that all runs of an experiment have in common.
 *
 * @param folder of the annotated pictures
 * @param loaded the annotated pictures, with a split
 * @param backgroundFolder folder or list of the background pictures; null if there are none
 * @param background pictures without objects
 */
public record ExperimentData(Path folder, LoadedDataset loaded, Path backgroundFolder, List<Picture> background) {
    /** Copies the list. */
    public ExperimentData {
        background = List.copyOf(background);
    }

    /** The same with a copy of the annotated pictures that has a split. */
    public ExperimentData split(Path copy, LoadedDataset withSplit) {
        return new ExperimentData(copy, withSplit, backgroundFolder, background);
    }
}
