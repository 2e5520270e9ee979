package io.hardmine.datasets.reading;

import io.hardmine.datasets.Category;
import java.util.List;

/**
 * All that a reader found.
 *
 * @param categories as declared; empty where the format has no list, then names are taken from the objects
 * @param pictures in the files' order
 * @param form how the format writes a box in pixels
 */
public record RawDataset(List<Category> categories, List<RawPicture> pictures, BoxForm form) {
    /** Numbers that a format writes for a box. */
    public enum BoxForm {
        /** x and y of the upper left and of the lower right corner. */
        CORNERS,
        /** x and y of the upper left corner, width, height. */
        SIDES
    }

    /** Copies the lists. */
    public RawDataset {
        categories = List.copyOf(categories);
        pictures = List.copyOf(pictures);
    }

    /** Of a format that writes corners. */
    public RawDataset(List<Category> categories, List<RawPicture> pictures) {
        this(categories, pictures, BoxForm.CORNERS);
    }
}
