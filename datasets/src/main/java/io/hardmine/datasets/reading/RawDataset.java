package io.hardmine.datasets.reading;

import io.hardmine.datasets.Category;
import java.util.List;

/**
 * Everything that a reader found.
 *
 * @param categories as declared; empty if the format has no list, and names are to be taken from the objects
 * @param pictures in the files' order
 * @param form how the format writes a box in pixels
 */
public record RawDataset(List<Category> categories, List<RawPicture> pictures, BoxForm form) {
    /** The numbers by which a format describes a box. */
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
