package io.hardmine.datasets;

import java.nio.file.Path;
import java.util.List;

/**
 * A picture file and what is annotated in it. Width, height and boxes refer to the picture as shown: after the rotation
 * that its EXIF orientation asks for.
 *
 * @param id number in annotation files, unique in a data set
 * @param name the file's path inside the data folder, with '/', unique in a data set
 * @param file path of the file
 * @param width in pixels, as shown
 * @param height in pixels, as shown
 * @param annotations possibly empty: a picture without objects
 */
public record Picture(long id, String name, Path file, int width, int height, List<Annotation> annotations) {
    /** Copies the list. */
    public Picture {
        annotations = List.copyOf(annotations);
    }

    /** The same picture with other annotations. */
    public Picture withAnnotations(List<Annotation> replaced) {
        return new Picture(id, name, file, width, height, replaced);
    }
}
