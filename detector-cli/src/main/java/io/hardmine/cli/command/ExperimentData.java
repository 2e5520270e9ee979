package io.hardmine.cli.command;

import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import java.nio.file.Path;
import java.util.List;

/**
 * The pictures that all runs of an experiment have in common.
 *
 * @param folder of the annotated pictures
 * @param loaded the annotated pictures, with a split
 * @param backgroundFolder folder or list of the background pictures; null without any
 * @param background pictures without objects
 */
record ExperimentData(Path folder, LoadedDataset loaded, Path backgroundFolder, List<Picture> background) {
    ExperimentData {
        background = List.copyOf(background);
    }
}
