package io.hardmine.datasets.reading;

import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder that a data set lies in. Names in annotations lead to files inside of it, or nowhere. */
public final class DataFolder {
    private final Path root;
    private final Path real;

    /** A folder that exists. */
    public DataFolder(Path root) throws IOException {
        this.root = root;
        real = root.toRealPath();
    }

    /** Files directly inside whose names end so in any case, by name; none where there is no such folder. */
    public static List<Path> files(Path folder, String ending) {
        return inside(folder)
                .filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(ending))
                .filter(Files::isRegularFile)
                .toList();
    }

    /** Folders directly inside, by name; none where there is no such folder. */
    public static List<Path> folders(Path folder) {
        return inside(folder).filter(Files::isDirectory).toList();
    }

    private static Stream<Path> inside(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.sorted().toList().stream();
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** Whether a name could lead out: absolute, with a drive, or with steps upwards. */
    public static boolean leadsOut(String name) {
        String unified = name.replace('\\', '/');
        boolean absolute = unified.startsWith("/") || unified.matches("^[A-Za-z]:.*");
        return absolute || List.of(unified.split("/")).contains("..") || unified.indexOf('\0') >= 0;
    }

    /** The file of that name in the first of the folders that has it; symbolic links out of the root count as missing. */
    public Optional<Path> find(String name, List<String> folders) {
        String unified = name.replace('\\', '/');
        for (String folder : folders) {
            try {
                Path file = root.resolve(folder).resolve(unified).normalize();
                if (Files.isRegularFile(file) && file.toRealPath().startsWith(real)) {
                    return Optional.of(file);
                }
            } catch (InvalidPathException | IOException e) {
                return Optional.empty(); // a name that no file of this system can have
            }
        }
        return Optional.empty();
    }

    /** The name of a file inside, with '/'. */
    public String nameOf(Path file) {
        return root.normalize().relativize(file.normalize()).toString().replace('\\', '/');
    }
}
