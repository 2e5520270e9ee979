package io.hardmine.datasets.reading;

import io.hardmine.datasets.Split;
import java.util.List;

/**
 * A picture as written in a file, before any check.
 *
 * @param id number in the file; negative if there is none
 * @param path as written: relative to one of {@code folders}, or absolute
 * @param folders where to look for it, relative to the data folder, in this order
 * @param width as annotated, in pixels; 0 if it is not annotated
 * @param height as annotated, in pixels; 0 if it is not annotated
 * @param objects possibly none
 * @param split that the file assigns; null if it assigns none
 * @param where file and line or entry, for messages
 */
public record RawPicture(
        long id,
        String path,
        List<String> folders,
        int width,
        int height,
        List<RawObject> objects,
        Split split,
        String where) {
    /** Copies the lists. */
    public RawPicture {
        folders = List.copyOf(folders);
        objects = List.copyOf(objects);
    }
}
