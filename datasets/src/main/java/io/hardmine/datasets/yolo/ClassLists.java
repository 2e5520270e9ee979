package io.hardmine.datasets.yolo;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.SplitNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the file that names the classes, one per line, in folders that no other file describes. */
final class ClassLists {
    private static final List<String> FILES = List.of("classes.txt", "obj.names", "_darknet.labels");
    private static final List<String> PLACES = List.of("labels", "images");

    private ClassLists() {}

    static boolean isOne(Path file) {
        return FILES.contains(file.getFileName().toString());
    }

    static boolean exists(Path folder) {
        return !found(folder).isEmpty();
    }

    /**
     * The classes, from a list at the top of the folder, or else from those beside labels and pictures.
     *
     * @throws DataException if two such lists beside labels differ
     */
    static Optional<YoloClasses> read(Path folder) {
        List<Path> files = found(folder);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        YoloClasses first = YoloClasses.ofLines(files.get(0));
        if (files.get(0).getParent().equals(folder)) {
            return Optional.of(first);
        }
        for (Path other : files) {
            if (!YoloClasses.ofLines(other).equals(first)) {
                throw new DataException("%s and %s differ; put the one that holds for all labels at the top of %s"
                        .formatted(files.get(0), other, folder));
            }
        }
        return Optional.of(first);
    }

    /** All lists that exist, those at the top of the folder first. */
    private static List<Path> found(Path folder) {
        List<Path> places = new ArrayList<>();
        places.add(folder);
        PLACES.forEach(place -> places.add(folder.resolve(place)));
        Stream.concat(Stream.of(folder), PLACES.stream().map(folder::resolve))
                .flatMap(f -> DataFolder.folders(f).stream())
                .filter(f -> SplitNames.of(f.getFileName().toString()).isPresent())
                .forEach(f -> {
                    places.add(f);
                    PLACES.forEach(place -> places.add(f.resolve(place)));
                });
        return places.stream()
                .flatMap(place -> FILES.stream().map(place::resolve))
                .filter(Files::isRegularFile)
                .toList();
    }
}
