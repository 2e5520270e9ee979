package io.hardmine.datasets.reading;

import java.nio.file.Path;
import java.util.Optional;

/** Reads one format. */
public interface DatasetReader {
    /** Its name, as {@code --format} has it. */
    String format();

    /** What it looks for, for the message where no format fits. */
    String signs();

    /** Whether the folder looks like this format. */
    boolean fits(Path folder);

    /**
     * What is missing in a folder that nearly looks like this format, in a sentence that says what to do; empty if nothing
     * hints at this format.
     */
    default Optional<String> nearMiss(Path folder) {
        return Optional.empty();
    }

    /**
     * Reads everything.
     *
     * @throws io.hardmine.datasets.DataException where a file is broken; the message names file and line
     */
    RawDataset read(Path folder, Findings findings);
}
