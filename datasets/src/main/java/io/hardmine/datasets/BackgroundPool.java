package io.hardmine.datasets;

import io.hardmine.datasets.image.PictureHeader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
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
        try {
            List<String> lines = Files.readAllLines(list);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (line.isEmpty()) {
                    continue;
                }
                Path file = base.resolve(line);
                if (!Files.isRegularFile(file)) {
                    throw new DataException("%s, line %d: '%s' does not exist".formatted(list, i + 1, line));
                }
                files.add(file);
            }
        } catch (MalformedInputException | InvalidPathException e) {
            throw new DataException(
                    "%s is neither a folder nor a list of pictures with one path a line".formatted(list), e);
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(list, e.getMessage()), e);
        }
        return files;
    }
}
