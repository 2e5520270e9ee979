package io.hardmine.datasets.reading;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.file.FileFault;
import io.hardmine.datasets.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder that a data set lies in. Names in annotations are resolved to files inside it only. */
public final class DataFolder {
    private final Path root;
    private final Path real;

    /** A folder that exists. */
    public DataFolder(Path root) throws IOException {
        this.root = root;
        real = root.toRealPath();
    }

    /**
     * Files directly inside the folder whose names have the ending, in any case, sorted by name; none if the folder
     * does not exist. Hidden files are left out: macOS writes a {@code ._name} beside every file that it copies.
     */
    public static List<Path> files(Path folder, String ending) {
        return listed(folder)
                .filter(f -> hasEnding(f, ending))
                .filter(Files::isRegularFile)
                .toList();
    }

    /**
     * Files inside the folder and all folders below it whose names have the ending, in any case, sorted by path; none
     * if the folder does not exist. Links are followed, hidden files and folders are left out.
     *
     * @throws DataException if a folder cannot be read, or a link leads to a folder that encloses it
     */
    public static List<Path> tree(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return FileTree.files(folder, file -> hasEnding(file, ending));
    }

    /** Folders directly inside the folder, sorted by name, hidden ones left out; none if the folder does not exist. */
    public static List<Path> folders(Path folder) {
        return listed(folder).filter(Files::isDirectory).toList();
    }

    /** What lies directly inside the folder and is neither a file nor a folder, sorted by name. */
    public static List<Path> others(Path folder) {
        return listed(folder)
                .filter(f -> !Files.isRegularFile(f) && !Files.isDirectory(f))
                .toList();
    }

    private static boolean hasEnding(Path file, String ending) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    private static Stream<Path> listed(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(f -> !FileTree.isHidden(f)).sorted().toList().stream();
        } catch (IOException e) {
            throw FileFault.of(folder, e);
        }
    }

    /**
     * Converts a name in an annotation to a path relative to the root, with '/'. A relative name may contain {@code ..}
     * if it stays inside the root; an absolute one must lie inside the root.
     *
     * @return empty if the name leads out of the root, or is not a valid file name
     */
    public Optional<String> inside(String name) {
        String unified = name.replace('\\', '/');
        try {
            Path place = Path.of(unified);
            if (place.isAbsolute()) {
                Path normal = place.normalize();
                return Stream.of(root.toAbsolutePath().normalize(), real)
                        .filter(normal::startsWith)
                        .findFirst()
                        .map(base -> withSlashes(base.relativize(normal)));
            }
            boolean otherSystemsAbsolute = unified.matches("^[A-Za-z]:.*");
            Path normal = place.normalize();
            return otherSystemsAbsolute || normal.startsWith("..")
                    ? Optional.empty()
                    : Optional.of(withSlashes(normal));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * The file with a name, in the first of the folders that has one. Links are followed, also to places outside the
     * root: a link in the data folder is taken as intended.
     *
     * @param name as written, see {@link #inside}
     * @param folders relative to the root, in the order in which they are tried
     * @return empty if no folder has such a file, or the name leads out of the root
     */
    public Optional<Path> find(String name, List<String> folders) {
        Optional<String> relative = inside(name);
        if (relative.isEmpty()) {
            return Optional.empty();
        }
        Stream<String> places = Path.of(name.replace('\\', '/')).isAbsolute() ? Stream.of("") : folders.stream();
        return places.map(folder -> root.resolve(folder).resolve(relative.get()).normalize())
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static String withSlashes(Path path) {
        return path.toString().replace('\\', '/');
    }

    /** The path of a file relative to the root, with '/'. */
    public String nameOf(Path file) {
        return withSlashes(root.normalize().relativize(file.normalize()));
    }
}
