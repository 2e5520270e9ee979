package io.hardmine.datasets.yolo;

import io.hardmine.datasets.Split;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a file says of the data set around it.
 *
 * @param file it
 * @param base where its names begin, as written; empty if they begin at the file
 * @param classes of the labels
 * @param places folders of pictures, or lists of them, of each split, as written
 */
record YoloDescription(Path file, String base, YoloClasses classes, Map<Split, List<String>> places) {
    /** Copies the map. */
    YoloDescription {
        places = new EnumMap<>(places);
    }
}
