package io.hardmine.datasets;

import io.hardmine.datasets.image.PictureHeader;
import io.hardmine.datasets.reading.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pictures that are known to hold no object. */
public final class BackgroundPool {
    private static final List<String> PICTURES = List.of(".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff");

    private BackgroundPool() {}

    /**
     * Pictures of a folder, with its subfolders, or of a list file with one path a line, relative to the list. Their ids
     * are negative: they never collide with annotated ones.
     *
     * @throws DataException where it is missing, names no picture, or a listed file is not there or no picture
     */
    public static List<Picture> read(Path folderOrList) {
        Path base = Files.isDirectory(folderOrList)
                ? folderOrList
                : folderOrList.toAbsolutePath().getParent();
        List<Path> files = Files.isDirectory(folderOrList) ? walk(folderOrList) : list(folderOrList, base);
        if (files.isEmpty()) {
            throw new DataException("%s holds no picture (%s)".formatted(folderOrList, String.join(", ", PICTURES)));
        }
        return IntStream.range(0, files.size())
                .parallel()
                .mapToObj(i -> {
                    Path file = files.get(i);
                    PictureHeader header = PictureHeader.read(file);
                    String name = "background/"
                            + base.toAbsolutePath()
                                    .relativize(file.toAbsolutePath())
                                    .toString()
                                    .replace('\\', '/');
                    return new Picture(-1L - i, name, file, header.shownWidth(), header.shownHeight(), List.of());
                })
                .toList();
    }

    private static List<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> PICTURES.stream().anyMatch(f.toString().toLowerCase(Locale.ROOT)::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static List<Path> list(Path list, Path base) {
        List<Path> files = new ArrayList<>();
        List<String> lines = TextLines.of(list);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isEmpty()) {
                files.add(listed(lines.get(i), base, "%s, line %d".formatted(list, i + 1)));
            }
        }
        return files;
    }

    private static Path listed(String name, Path base, String where) {
        try {
            Path file = base.resolve(name);
            if (Files.isRegularFile(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw new DataException("%s: '%s' is no name of a file".formatted(where, name), e);
        }
        throw new DataException("%s: '%s' does not exist".formatted(where, name));
    }
}
