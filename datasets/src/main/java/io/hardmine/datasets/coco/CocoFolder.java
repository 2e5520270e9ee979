package io.hardmine.datasets.coco;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a data set as a folder: its pictures, and one file of COCO annotations for each split and one for pictures
 * without a split.
 */
public final class CocoFolder {
    private CocoFolder() {}

    /**
     * Writes the folder.
     *
     * @param splits the part of each picture, by name; pictures without an entry are in no split
     * @throws DataException if the folder is not empty
     */
    public static void write(Dataset dataset, Map<String, Split> splits, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new DataException(folder + " is not empty: give a new folder");
            }
        }
        for (Split split : Split.values()) {
            write(dataset, splits, split, folder, "instances_%s.json".formatted(name(split)));
        }
        write(dataset, splits, null, folder, "instances.json");
        for (Picture picture : dataset.pictures()) {
            Path target = folder.resolve(picture.name());
            Files.createDirectories(target.getParent());
            Files.copy(picture.file(), target);
        }
    }

    /**
     * Writes the annotations of one split, or of pictures without a split if {@code split} is null. Writes no file if
     * there are none.
     */
    private static void write(Dataset dataset, Map<String, Split> splits, Split split, Path folder, String name)
            throws IOException {
        List<Picture> part = dataset.pictures().stream()
                .filter(p -> splits.get(p.name()) == split)
                .toList();
        if (!part.isEmpty()) {
            CocoWriter.write(
                    dataset.withPictures(part), folder.resolve("annotations").resolve(name));
        }
    }

    /** COCO's name of a split. */
    private static String name(Split split) {
        return switch (split) {
            case TRAIN -> "train";
            case VALIDATION -> "val";
            case TEST -> "test";
        };
    }
}
