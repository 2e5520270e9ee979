package io.hardmine.datasets;

import io.hardmine.datasets.image.PictureFolder;
import io.hardmine.datasets.image.PictureHeader;
import io.hardmine.datasets.reading.TextLines;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Pictures that are known to hold no object. */
public final class BackgroundPool {
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
        List<Path> files =
                Files.isDirectory(folderOrList) ? PictureFolder.pictures(folderOrList) : list(folderOrList, base);
        if (files.isEmpty()) {
            throw new DataException("%s names no picture".formatted(folderOrList));
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
