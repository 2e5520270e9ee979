package io.hardmine.mining.run;

import io.hardmine.datasets.LoadOptions;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.loading.BackgroundPool;
import io.hardmine.datasets.loading.DatasetLoader;
import java.nio.file.Path;
import java.util.List;

/** Pictures of a run that are read only when the run begins, so that mistakes in its settings are found first. */
final class RunSource {
    private RunSource() {}

    /** Annotated pictures. */
    interface Data {
        /** Reads them. */
        LoadedDataset load(RunListener listener);
    }

    /** Pictures without objects. */
    interface Background {
        /** Reads them. */
        List<Picture> read(RunListener listener);
    }

    static Data folder(Path folder, LoadOptions options) {
        return listener -> {
            listener.onPhase("reading " + folder);
            LoadedDataset loaded = DatasetLoader.load(folder, options);
            listener.onData(loaded.summary());
            return loaded;
        };
    }

    static Background pool(Path folderOrList, boolean strict) {
        return listener -> {
            BackgroundPool pool = BackgroundPool.read(folderOrList, strict);
            listener.onBackground(pool);
            return pool.pictures();
        };
    }
}
