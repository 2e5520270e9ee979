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

/** How a data folder is read, the same in every command that reads one. */
public final class DataOptions {
    @Option(
            names = "--format",
            paramLabel = "F",
            description =
                    "voc, yolo, coco or csv. By default the folder tells; annotations per picture come before tables.")
    private String format;

    @Option(names = "--strict", description = "Fail on the first fault in the data instead of leaving it out.")
    private boolean strict;

    /** How a folder is read. */
    public LoadOptions options() {
        return new LoadOptions(format, strict);
    }

    /** The data set; what is wrong with it goes to {@code err}. */
    public LoadedDataset load(Path folder, PrintWriter err) {
        LoadedDataset loaded = Phase.of("reading " + folder, err, () -> DatasetLoader.load(folder, options()));
        DataSummary summary = loaded.summary();
        err.print(summary.text());
        err.flush();
        return loaded;
    }

    /** Pictures without objects; what is wrong with them goes to {@code err}. */
    public List<Picture> background(Path folderOrList, PrintWriter err) {
        BackgroundPool pool = Phase.of("reading " + folderOrList, err, () -> BackgroundPool.read(folderOrList, strict));
        err.print(pool.text());
        err.flush();
        return pool.pictures();
    }
}
