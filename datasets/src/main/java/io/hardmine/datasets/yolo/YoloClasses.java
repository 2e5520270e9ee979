package io.hardmine.datasets.yolo;

import io.hardmine.datasets.Category;
import io.hardmine.datasets.reading.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the numbers in a row mean.
 *
 * @param names of the classes by number; a blank one is a number without a class
 * @param keypointFields how many fields after the box are keypoints; 0 if rows have none
 */
record YoloClasses(List<String> names, int keypointFields) {
    /** Copies the list. */
    YoloClasses {
        names = List.copyOf(names);
    }

    /** A name a line, the line's number is the class's: blank lines count, except at the end. */
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

    /** The name of a class; of a number that has none, one that no category has. */
    String name(int number) {
        return number < names.size() && !names.get(number).isBlank() ? names.get(number) : "class " + number;
    }
}
