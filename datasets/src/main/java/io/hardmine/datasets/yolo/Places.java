package io.hardmine.datasets.yolo;

import io.hardmine.datasets.file.FileFault;
import io.hardmine.datasets.reading.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the folders and files that a description names. Programs write names relative to different folders: that of the
 * description, its base, a folder beside the data ({@code ../train/images}), or darknet's folder {@code data/}. Paths
 * outside the data folder are never used.
 */
final class Places {
    private final Path root;
    private final Path absolute;
    private final DataFolder inside;

    /** Of a data folder. */
    Places(Path root) {
        this.root = root;
        absolute = root.toAbsolutePath().normalize();
        try {
            inside = new DataFolder(root);
        } catch (IOException e) {
            throw FileFault.of(root, e);
        }
    }

    /** The base folder that a description names; the data folder itself if there is no such folder inside it. */
    Path base(String name) {
        return name.isBlank()
                ? root
                : all(name).stream().filter(Files::isDirectory).findFirst().orElse(root);
    }

    /** All paths inside the data folder that a name can mean if it is relative to the data folder. */
    List<Path> all(String name) {
        return all(name, List.of(root));
    }

    /**
     * All paths inside the data folder that a name can mean, the likeliest first.
     *
     * @param bases folders inside the data folder that a name can be relative to
     * @return empty if the name leads out
     */
    List<Path> all(String name, List<Path> bases) {
        String unified = name.replace('\\', '/');
        String trimmed = unified.replaceFirst("^(\\.\\./|\\./)+", "");
        List<String> spellings = Stream.of(unified, trimmed, trimmed.replaceFirst("^data/", ""))
                .distinct()
                .toList();
        List<Path> places = new ArrayList<>();
        for (String spelling : spellings) {
            for (Path base : bases) {
                placed(base, spelling).filter(p -> !places.contains(p)).ifPresent(places::add);
            }
        }
        return places;
    }

    private Optional<Path> placed(Path base, String name) {
        try {
            boolean otherSystemsAbsolute =
                    name.matches("^[A-Za-z]:.*") && !Path.of(name).isAbsolute();
            return otherSystemsAbsolute
                    ? Optional.empty()
                    : inside.inside(absolute.resolve(root.relativize(base))
                                    .resolve(name)
                                    .toString())
                            .map(root::resolve);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
