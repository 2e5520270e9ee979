package io.hardmine.datasets.reading;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.DataSummary.Kind;
import java.util.List;

/**
 * Counts objects that cannot be read. They are dropped as long as other objects can be read. If no object of the data
 * set can be read, the data set is refused: the fault is then a general one, such as boxes in pixels instead of shares.
 */
public final class ObjectFaults {
    private final Findings findings;
    private long read;
    private DataException first;

    /** Begins without faults. */
    public ObjectFaults(Findings findings) {
        this.findings = findings;
    }

    /**
     * Counts the faults of a file, and returns its readable objects.
     *
     * @throws DataException in strict mode, if there is a fault
     */
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
     * @throws DataException the first fault, if there are faults and no object could be read
     */
    public void refuseIfNoneIsGood() {
        if (read == 0 && first != null) {
            throw first;
        }
    }
}
