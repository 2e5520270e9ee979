package io.hardmine.datasets.reading;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.DataSummary.Finding;
import io.hardmine.datasets.DataSummary.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what is wrong with the data: counts each kind, and keeps a few examples of it. In strict mode the first
 * fault is an error.
 */
public final class Findings {
    private static final int EXAMPLES = 5;

    private final boolean strict;
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, Long> boxes = new EnumMap<>(Kind.class);
    private final Map<Kind, List<String>> examples = new EnumMap<>(Kind.class);
    private final List<String> doubts = new ArrayList<>();

    /**
     * An empty collection.
     *
     * @param strict whether the first fault is an error
     */
    public Findings(boolean strict) {
        this.strict = strict;
    }

    /**
     * Adds a finding.
     *
     * @param what where it is and what is wrong
     * @throws DataException in strict mode
     */
    public void add(Kind kind, String what) {
        add(kind, what, 0);
    }

    /**
     * Adds a finding that concerns a picture.
     *
     * @param what where it is and what is wrong
     * @param boxesOfPicture number of boxes that are affected
     * @throws DataException in strict mode
     */
    public synchronized void add(Kind kind, String what, int boxesOfPicture) {
        if (strict && kind.isFault()) {
            throw new DataException("%s: %s (strict mode; without it: %s)".formatted(kind.title(), what, kind.done()));
        }
        counts.merge(kind, 1, Integer::sum);
        boxes.merge(kind, (long) boxesOfPicture, Long::sum);
        List<String> few = examples.computeIfAbsent(kind, k -> new ArrayList<>());
        if (few.size() < EXAMPLES) {
            few.add(what);
        }
    }

    /** Adds a sentence about the data set as a whole. */
    public synchronized void doubt(String sentence) {
        doubts.add(sentence);
    }

    /** All findings, in the order of their kinds. */
    public synchronized List<Finding> all() {
        return counts.entrySet().stream()
                .map(e -> new Finding(e.getKey(), e.getValue(), boxes.get(e.getKey()), examples.get(e.getKey())))
                .toList();
    }

    /** All doubts, in the order in which they came. */
    public synchronized List<String> doubts() {
        return List.copyOf(doubts);
    }
}
