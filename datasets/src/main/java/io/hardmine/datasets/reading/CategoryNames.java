package io.hardmine.datasets.reading;

import io.hardmine.datasets.Category;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Looks for misspelled names of categories. */
final class CategoryNames {
    private static final int MOST = 5;

    private CategoryNames() {}

    /**
     * Sentences about names that differ only in case or blanks; they may be one category that was spelled in two ways.
     */
    static List<String> alike(List<Category> categories) {
        Map<String, List<String>> spellings = new LinkedHashMap<>();
        categories.forEach(c -> spellings
                .computeIfAbsent(
                        c.name().replaceAll("[\\s\\p{Z}]+", "").toLowerCase(Locale.ROOT), k -> new ArrayList<>())
                .add(c.name()));
        List<List<String>> several =
                spellings.values().stream().filter(s -> s.size() > 1).toList();
        List<String> sentences = new ArrayList<>();
        for (List<String> names : several.subList(0, Math.min(MOST, several.size()))) {
            sentences.add("the categories %s differ only in case or blanks: are they one?"
                    .formatted(names.stream().map("'%s'"::formatted).collect(Collectors.joining(", "))));
        }
        int others = several.size() - MOST;
        if (others > 0) {
            String groups = others == 1 ? "group of categories differs" : "groups of categories differ";
            sentences.add("%d more %s only in case or blanks".formatted(others, groups));
        }
        return sentences;
    }
}
