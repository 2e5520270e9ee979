package io.hardmine.datasets.reading;

import io.hardmine.datasets.Split;
import java.util.List;

/**
 * A picture as a file has it, before any check.
 *
 * @param id the file's number for it; negative where there is none
 * @param path as written, inside one of the folders below
 * @param folders where to look for it, relative to the data folder, in this order
 * @param width as annotated; 0 where it is not
 * @param height as annotated; 0 where it is not
 * @param objects possibly none
 * @param split that it is given to; null where none is given
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
