package io.hardmine.cli;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.coco.CocoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a data set as a folder of its own: pictures, and COCO annotations, a file for each split. */
final class CocoFolder {
    private CocoFolder() {}

    /**
     * Writes it.
     *
     * @param splits the part of each picture, by name; empty for one file for all
     * @throws DataException where the folder holds something already
     */
    static void write(Dataset dataset, Map<String, Split> splits, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new DataException(folder + " is not empty: give a new folder");
            }
        }
        List<Picture> written = dataset.pictures();
        if (splits.isEmpty()) {
            CocoWriter.write(dataset, folder.resolve("annotations").resolve("instances.json"));
        } else {
            written = written.stream().filter(p -> splits.containsKey(p.name())).toList();
            for (Split split : Split.values()) {
                List<Picture> part = written.stream()
                        .filter(p -> splits.get(p.name()) == split)
                        .toList();
                if (!part.isEmpty()) {
                    CocoWriter.write(
                            dataset.withPictures(part),
                            folder.resolve("annotations").resolve("instances_%s.json".formatted(name(split))));
                }
            }
        }
        for (Picture picture : written) {
            Path target = folder.resolve(picture.name());
            Files.createDirectories(target.getParent());
            Files.copy(picture.file(), target);
        }
    }

    /** COCO's name of a split. */
    static String name(Split split) {
        return switch (split) {
            case TRAIN -> "train";
            case VALIDATION -> "val";
            case TEST -> "test";
        };
    }
}
