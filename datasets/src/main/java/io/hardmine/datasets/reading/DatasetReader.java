package io.hardmine.datasets.reading;

import java.nio.file.Path;
import java.util.Optional;

/** Reads one annotation format. */
public interface DatasetReader {
    /** Name of the format, as {@code --format} takes it. */
    String format();

    /** The files that this format is recognized by, for the message if no format fits. */
    String signs();

    /** Whether the folder looks like this format. */
    boolean fits(Path folder);

    /**
     * A sentence on what is missing in a folder that nearly fits this format, and what to do; empty if nothing hints at
     * this format.
     */
    default Optional<String> nearMiss(Path folder) {
        return Optional.empty();
    }

    /**
     * Reads all annotations of a folder.
     *
     * @throws io.hardmine.datasets.DataException if a file is broken; the message names file and line
     */
    RawDataset read(Path folder, Findings findings);
}
