package io.hardmine.mining.run;

import io.hardmine.core.training.RunFolder;
import io.hardmine.datasets.DataException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that a run will write into, checked before hours of work are spent.
 *
 * @param folder of the run
 */
record RunTarget(RunFolder folder) {
    /** What is to be done in the folder. */
    enum Work {
        TRAIN,
        RESUME,
        REHEARSE
    }

    /**
     * Makes sure that the work can be done here.
     *
     * @throws DataException if the folder is a file, holds another run, holds no checkpoint to resume from, or cannot
     *     be written to
     */
    void require(Work work) {
        Path root = folder.root();
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new DataException(root + " is a file; --out takes a folder");
        }
        boolean finished = Files.exists(folder.model());
        if (work == Work.TRAIN && (folder.hasCheckpoint() || finished)) {
            throw new DataException("%s holds a run already: %sgive another --out"
                    .formatted(root, folder.hasCheckpoint() ? "go on with --resume, or " : ""));
        }
        if (work == Work.RESUME && !folder.hasCheckpoint()) {
            throw new DataException(root
                    + (finished
                            ? " holds a finished run, and no checkpoint to resume from; give another --out"
                            : " holds no checkpoint to resume from; leave --resume out to start"));
        }
        OutputFolder.require(root);
    }
}
