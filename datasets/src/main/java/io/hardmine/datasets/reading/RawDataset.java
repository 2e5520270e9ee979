package io.hardmine.datasets.reading;

import io.hardmine.datasets.Category;
import java.util.List;

/**
 * All that a reader found.
 *
 * @param categories as declared; empty where the format has no list, then names are taken from the objects
 * @param pictures in the files' order
 */
public record RawDataset(List<Category> categories, List<RawPicture> pictures) {
    /** Copies the lists. */
    public RawDataset {
        categories = List.copyOf(categories);
        pictures = List.copyOf(pictures);
    }
}
