package io.hardmine.mining.bootstrap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The highest-scored of any number of sightings, in bounded memory. */
final class Hardest {
    private final int limit;
    private List<Sighting> kept = new ArrayList<>();

    Hardest(int limit) {
        this.limit = limit;
    }

    void add(Sighting sighting) {
        kept.add(sighting);
        if (kept.size() > 2L * limit) {
            kept = new ArrayList<>(inOrder());
        }
    }

    /** Hardest first, equal ones in the order in which they came. */
    List<Sighting> inOrder() {
        return kept.stream()
                .sorted(Comparator.comparingDouble(Sighting::score).reversed())
                .limit(limit)
                .toList();
    }
}
