package io.hardmine.datasets.coco;

import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The categories that the files of one data set declare. */
final class CocoCategories {
    private final Map<Integer, Category> byId = new LinkedHashMap<>();
    private final Map<Integer, Path> declaredIn = new HashMap<>();
    private final Set<Integer> used = new HashSet<>();

    /**
     * Adds the categories of a file.
     *
     * @throws DataException if another file has another name for the same number
     */
    void add(Path file, CocoFile read) {
        for (Category c : read.categories()) {
            Category other = byId.putIfAbsent(c.id(), c);
            declaredIn.putIfAbsent(c.id(), file);
            if (other != null && !other.name().equals(c.name())) {
                throw new DataException("%s: category %d is '%s', in another file of the folder it is '%s'"
                        .formatted(file, c.id(), c.name(), other.name()));
            }
        }
        used.addAll(read.usedCategories());
    }

    /**
     * One category for each name. Some programs declare a group of the same name beside a category; no object is of the
     * group, and it is left out.
     *
     * @param told receives a sentence for each category that is left out
     * @throws DataException if two categories of one name have objects
     */
    List<Category> distinct(Consumer<String> told) {
        Map<String, Category> byName = new LinkedHashMap<>();
        for (Category c : byId.values()) {
            Category twin = byName.putIfAbsent(c.name(), c);
            if (twin == null) {
                continue;
            }
            if (used.contains(c.id()) && used.contains(twin.id())) {
                throw new DataException(
                        "%s: the category '%s' is declared twice, as %d and as %d, and both have objects; give each a name of its own"
                                .formatted(declaredIn.get(c.id()), c.name(), twin.id(), c.id()));
            }
            Category kept = used.contains(c.id()) ? c : twin;
            byName.put(c.name(), kept);
            told.accept("%s: category %d has the name of category %d, '%s', and no objects: left out"
                    .formatted(declaredIn.get(c.id()), kept == c ? twin.id() : c.id(), kept.id(), c.name()));
        }
        Set<Category> kept = new HashSet<>(byName.values());
        return byId.values().stream().filter(kept::contains).toList();
    }
}
