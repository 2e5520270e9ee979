package io.hardmine.cli;

import io.hardmine.datasets.DatasetLoader;
import io.hardmine.datasets.LoadOptions;
import io.hardmine.datasets.LoadedDataset;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What commands that read annotated pictures have in common. */
final class DataOptions {
    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "Format of the annotations: voc, yolo, coco or csv. Without it the folder is looked at.")
    private String format;

    @Option(names = "--strict", description = "Fail on the first fault instead of leaving it out.")
    private boolean strict;

    LoadedDataset load(Path folder) {
        return DatasetLoader.load(folder, new LoadOptions(format, strict));
    }
}
