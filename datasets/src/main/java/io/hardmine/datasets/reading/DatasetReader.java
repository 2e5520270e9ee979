package io.hardmine.datasets.reading;

import java.nio.file.Path;

/** Reads one format. */
public interface DatasetReader {
    /** Its name, as {@code --format} has it. */
    String format();

    /** What it looks for, for the message where no format fits. */
    String signs();

    /** Whether the folder looks like this format. */
    boolean fits(Path folder);

    /**
     * Reads everything.
     *
     * @throws io.hardmine.datasets.DataException where a file is broken; the message names file and line
     */
    RawDataset read(Path folder, Findings findings);
}
