package io.hardmine.mining.experiment;

import java.util.List;
import java.util.Optional;

/**
 * One way to train.
 *
 * @param name letters, digits, dots, hyphens and underscores; also the name of its folder
 * @param settings of the arm, each as {@code field=value}; a later one overrides an earlier one
 * @param background whether the arm uses the pool of background pictures
 */
public record Arm(String name, List<String> settings, boolean background) {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the name has other characters
     */
    public Arm {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "an arm's name takes letters, digits, dots, hyphens and underscores, unlike '%s'".formatted(name));
        }
        settings = List.copyOf(settings);
    }

    /** The value that the arm sets for a field; empty if it sets none. */
    public Optional<String> value(String field) {
        return settings.stream()
                .filter(s -> s.startsWith(field + "="))
                .map(s -> s.substring(field.length() + 1).strip())
                .reduce((first, last) -> last);
    }
}
