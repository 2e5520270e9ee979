package io.hardmine.datasets.reading;

import io.hardmine.datasets.Split;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Splits told from the names of files and folders. */
public final class SplitNames {
    private SplitNames() {}

    /** The split that a name stands for: with {@code test}, {@code val} or {@code train} in it; trainval is training. */
    public static Optional<Split> of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("train")) {
            return Optional.of(Split.TRAIN);
        }
        if (lower.contains("val") || lower.equals("dev")) {
            return Optional.of(Split.VALIDATION);
        }
        return lower.contains("test") ? Optional.of(Split.TEST) : Optional.empty();
    }

    /**
     * Whether a list is of training and validation together while each has a list of its own too: then it says nothing
     * new.
     */
    public static boolean isCovered(String name, List<String> all) {
        boolean both = name.toLowerCase(Locale.ROOT).contains("trainval");
        return both
                && all.stream().anyMatch(other -> {
                    String lower = other.toLowerCase(Locale.ROOT);
                    return lower.contains("train") && !lower.contains("trainval");
                });
    }
}
