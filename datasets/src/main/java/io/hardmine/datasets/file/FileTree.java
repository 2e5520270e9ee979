package io.hardmine.datasets.file;

import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files in a folder and in all folders below it. */
public final class FileTree {
    private FileTree() {}

    /**
     * Regular files, sorted by path. Links are followed, also if the folder itself is one. Hidden files and folders are
     * left out.
     *
     * @param folder an existing folder
     * @param wanted which files to take
     * @throws DataException if a folder cannot be read, or a link leads to a folder that encloses it
     */
    public static List<Path> files(Path folder, Predicate<Path> wanted) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes) {
                            return !place.equals(folder) && isHidden(place)
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile() && !isHidden(file) && wanted.test(file)) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (FileSystemLoopException e) {
            throw new DataException(
                    "%s is a link to a folder that it lies in; remove the link".formatted(e.getFile()), e);
        } catch (IOException e) {
            throw FileFault.of(folder, e);
        }
        found.sort(null);
        return found;
    }

    /** Deletes a folder and everything in it, if it is there. Links are not followed. */
    public static void delete(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Whether the name begins with a dot, as those of system files and the {@code ._name} of macOS do. */
    public static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }
}
