package io.hardmine.datasets.yolo;

import io.hardmine.datasets.Split;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a description file says about the data set in its folder.
 *
 * @param file the description file
 * @param base folder that names are relative to, as written; empty if that is the folder of the file
 * @param classes of the labels
 * @param places folders of pictures, or lists of them, of each split, as written
 */
record YoloDescription(Path file, String base, YoloClasses classes, Map<Split, List<String>> places) {
    /** Copies the map. */
    YoloDescription {
        places = new EnumMap<>(places);
    }
}
