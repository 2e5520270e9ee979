package io.hardmine.datasets.reading;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.DataSummary.Kind;
import java.util.List;

/**
 * Counts objects that cannot be read. One of many is dropped. If no object of the whole set can be read, the fault is
 * one of the set, such as boxes in pixels in place of shares, and the set is refused.
 */
public final class ObjectFaults {
    private final Findings findings;
    private long read;
    private DataException first;

    /** None yet. */
    public ObjectFaults(Findings findings) {
        this.findings = findings;
    }

    /** Counts the faults of a file, and gives its good objects. */
    public List<RawObject> keepGood(FileObjects objects) {
        read += objects.read().size();
        for (DataException fault : objects.faults()) {
            first = first == null ? fault : first;
            findings.add(Kind.UNUSABLE_OBJECT, fault.getMessage());
        }
        return objects.read();
    }

    /**
     * To be called after the last file.
     *
     * @throws DataException the first fault, if there are faults and not one good object
     */
    public void refuseIfNoneIsGood() {
        if (read == 0 && first != null) {
            throw first;
        }
    }
}
