package io.hardmine.datasets.yolo;

import io.hardmine.datasets.Category;
import io.hardmine.datasets.reading.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The meaning of the numbers in a row of labels.
 *
 * @param names of the classes by number, from 0; a blank name means that no class has the number
 * @param keypointFields how many fields after the box are keypoints; 0 if rows have none
 */
record YoloClasses(List<String> names, int keypointFields) {
    /** Copies the list. */
    YoloClasses {
        names = List.copyOf(names);
    }

    /**
     * Reads one name per line; the number of the line, from 0, is that of the class. Blank lines count, except at the
     * end.
     */
    static YoloClasses ofLines(Path file) {
        List<String> lines = new ArrayList<>(TextLines.of(file));
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return new YoloClasses(lines, 0);
    }

    List<Category> categories() {
        List<Category> categories = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).isBlank()) {
                categories.add(new Category(i, names.get(i)));
            }
        }
        return categories;
    }

    /**
     * The name of a class. For a number without a class it is {@code class N}, which is then reported as an unknown
     * category.
     */
    String name(int number) {
        return number < names.size() && !names.get(number).isBlank() ? names.get(number) : "class " + number;
    }
}
