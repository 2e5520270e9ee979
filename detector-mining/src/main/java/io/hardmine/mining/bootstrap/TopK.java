package io.hardmine.mining.bootstrap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps the false positives with the highest scores, of any number, in bounded memory. */
final class TopK {
    private final int limit;
    private List<FalsePositive> kept = new ArrayList<>();

    TopK(int limit) {
        this.limit = limit;
    }

    void add(FalsePositive falsePositive) {
        kept.add(falsePositive);
        if (kept.size() > 2L * limit) {
            kept = new ArrayList<>(inOrder());
        }
    }

    /** The kept false positives, highest score first, equal ones in the order in which they were added. */
    List<FalsePositive> inOrder() {
        return kept.stream()
                .sorted(Comparator.comparingDouble(FalsePositive::score).reversed())
                .limit(limit)
                .toList();
    }
}
