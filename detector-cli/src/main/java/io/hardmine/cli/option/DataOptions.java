package io.hardmine.cli.option;

import io.hardmine.cli.terminal.Phase;
import io.hardmine.datasets.DataSummary;
import io.hardmine.datasets.LoadOptions;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.loading.BackgroundPool;
import io.hardmine.datasets.loading.DatasetLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** How a data folder is read. Shared by all commands that read one. */
public final class DataOptions {
    @Option(
            names = "--format",
            paramLabel = "F",
            description =
                    "voc, yolo, coco or csv. Default: found from the folder, annotations per picture before tables.")
    private String format;

    @Option(names = "--strict", description = "Fail on the first fault in the data instead of leaving it out.")
    private boolean strict;

    /** How a folder is read. */
    public LoadOptions options() {
        return new LoadOptions(format, strict);
    }

    /**
     * Reads a data set and prints its summary, with the faults in it, to {@code err}.
     *
     * @throws io.hardmine.datasets.DataException if it cannot be used or, with {@code --strict}, anything is wrong
     */
    public LoadedDataset load(Path folder, PrintWriter err) {
        LoadedDataset loaded = Phase.of("reading " + folder, err, () -> DatasetLoader.load(folder, options()));
        DataSummary summary = loaded.summary();
        err.print(summary.text());
        err.flush();
        return loaded;
    }

    /**
     * Reads pictures without objects and prints their summary, with the faults in them, to {@code err}.
     *
     * @throws io.hardmine.datasets.DataException if no picture can be read or, with {@code --strict}, anything is wrong
     */
    public List<Picture> background(Path folderOrList, PrintWriter err) {
        BackgroundPool pool = Phase.of("reading " + folderOrList, err, () -> BackgroundPool.read(folderOrList, strict));
        err.print(pool.text());
        err.flush();
        return pool.pictures();
    }
}
