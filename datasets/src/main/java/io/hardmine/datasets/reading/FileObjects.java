package io.hardmine.datasets.reading;

import io.hardmine.datasets.DataException;
import java.util.List;

/**
 * The objects of one annotation file.
 *
 * @param read objects that can be read, in the file's order
 * @param faults one error for each object that cannot be read; each names file and line
 */
public record FileObjects(List<RawObject> read, List<DataException> faults) {
    /** Copies the lists. */
    public FileObjects {
        read = List.copyOf(read);
        faults = List.copyOf(faults);
    }
}
