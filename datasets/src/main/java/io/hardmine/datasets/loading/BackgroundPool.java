package io.hardmine.datasets.loading;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.DataSummary;
import io.hardmine.datasets.DataSummary.Finding;
import io.hardmine.datasets.DataSummary.Kind;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.PictureFolder;
import io.hardmine.datasets.image.PictureHeader;
import io.hardmine.datasets.reading.Findings;
import io.hardmine.datasets.reading.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Pictures that are known to hold no object.
 *
 * @param pictures with negative ids, which never collide with the ids of annotated pictures
 * @param findings pictures that were left out, or are doubtful
 */
public record BackgroundPool(List<Picture> pictures, List<Finding> findings) {
    /** A longer list is refused: it would hold a million long names. */
    private static final long MAX_LIST_BYTES = 256 << 20;

    /** Copies the lists. */
    public BackgroundPool {
        pictures = List.copyOf(pictures);
        findings = List.copyOf(findings);
    }

    /**
     * Reads the pictures of a folder and its sub-folders, or of a list file with one path per line, relative to the
     * folder of the list. A picture that is missing or cannot be read is left out and counted.
     *
     * @param strict whether the first fault is an error
     * @throws DataException if the folder or list does not exist, no picture is left, or, in strict mode, anything is
     *     wrong
     */
    public static BackgroundPool read(Path folderOrList, boolean strict) {
        Findings findings = new Findings(strict);
        boolean isFolder = Files.isDirectory(folderOrList);
        Path base = (isFolder ? folderOrList : folderOrList.toAbsolutePath().getParent())
                .toAbsolutePath()
                .normalize();
        List<Path> files = isFolder ? folder(folderOrList, findings) : list(folderOrList, base, findings);
        List<Picture> pictures = IntStream.range(0, files.size())
                .parallel()
                .mapToObj(i -> look(files.get(i), base, -1L - i, findings))
                .flatMap(Optional::stream)
                .toList();
        if (pictures.isEmpty()) {
            throw new DataException("the background %s holds no picture that can be used%n%s"
                    .formatted(folderOrList, DataSummary.text(findings.all()))
                    .strip());
        }
        return new BackgroundPool(pictures, findings.all());
    }

    /** The findings for display, in several lines; empty if there are none. */
    public String text() {
        return findings.isEmpty()
                ? ""
                : "%d background pictures%n%s".formatted(pictures.size(), DataSummary.text(findings));
    }

    private static List<Path> folder(Path folder, Findings findings) {
        PictureFolder inside = PictureFolder.of(folder);
        inside.otherFormats().forEach(file -> findings.add(Kind.OTHER_FORMAT, file.toString()));
        return inside.pictures();
    }

    private static List<Path> list(Path list, Path base, Findings findings) {
        requireList(list);
        List<Path> files = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        List<String> lines = TextLines.of(list);
        for (int i = 0; i < lines.size(); i++) {
            String name = lines.get(i);
            if (name.isEmpty()) {
                continue;
            }
            String where = "%s, line %d: '%s'".formatted(list, i + 1, name);
            Optional<Path> file = listed(name, base);
            if (file.isEmpty()) {
                findings.add(Kind.MISSING_PICTURE, where);
            } else if (!seen.add(file.get())) {
                findings.add(Kind.LISTED_TWICE, where);
            } else {
                files.add(file.get());
            }
        }
        return files;
    }

    private static void requireList(Path list) {
        try {
            if (!Files.exists(list)) {
                throw new DataException(
                        "the background %s does not exist; give a folder of pictures, or a file that lists some"
                                .formatted(list));
            }
            if (!Files.isRegularFile(list) || Files.size(list) > MAX_LIST_BYTES) {
                throw new DataException(
                        "the background %s is neither a folder of pictures nor a file that lists some, one path a line"
                                .formatted(list));
            }
        } catch (IOException e) {
            throw new DataException("the background %s cannot be read: %s".formatted(list, e.getMessage()), e);
        }
    }

    private static Optional<Path> listed(String name, Path base) {
        try {
            return Optional.of(base.resolve(name).normalize()).filter(Files::exists);
        } catch (InvalidPathException e) {
            return Optional.empty(); // no file can have this name
        }
    }

    private static Optional<Picture> look(Path file, Path base, long id, Findings findings) {
        try {
            PictureHeader header = PictureHeader.read(file);
            return Optional.of(
                    new Picture(id, name(file, base), file, header.shownWidth(), header.shownHeight(), List.of()));
        } catch (DataException e) {
            findings.add(Kind.UNREADABLE_PICTURE, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * {@code background/} and the path relative to the base. For a file elsewhere it is the whole path, because a name
     * never leads out of a folder.
     */
    private static String name(Path file, Path base) {
        Path whole = file.toAbsolutePath().normalize();
        Path inside = whole.startsWith(base) ? base.relativize(whole) : whole.subpath(0, whole.getNameCount());
        return "background/" + inside.toString().replace('\\', '/');
    }
}
