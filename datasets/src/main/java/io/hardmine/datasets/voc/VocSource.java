package io.hardmine.datasets.voc;

import io.hardmine.datasets.Split;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.FilesByStem;
import io.hardmine.datasets.reading.SplitNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An annotation file and its place.
 *
 * @param file the annotation file
 * @param set the folder that holds {@code Annotations/}, or, if the file lies beside its picture, the file's own
 * @param below folders between {@code Annotations/} and the file, possibly none
 */
record VocSource(Path file, Path set, Path below) {
    private static final List<String> PICTURES = List.of("JPEGImages", "images", "Images", "");

    /**
     * The annotation files of a data folder: those in {@code Annotations/} at any depth, or else those beside pictures.
     */
    static List<VocSource> all(Path folder) {
        List<Path> files = xmlFiles(folder);
        List<VocSource> inAnnotations = files.stream()
                .map(f -> inAnnotations(folder, f))
                .filter(Objects::nonNull)
                .toList();
        return !inAnnotations.isEmpty()
                ? inAnnotations
                : files.stream()
                        .filter(f -> VocFile.rootOf(f).equals("annotation"))
                        .map(f -> new VocSource(f, f.getParent(), Path.of("")))
                        .toList();
    }

    /** Every XML file; folders at the top that cannot be read, such as lost+found, are skipped. */
    static List<Path> xmlFiles(Path folder) {
        return Stream.concat(
                        DataFolder.files(folder, ".xml").stream(),
                        DataFolder.folders(folder).stream()
                                .filter(Files::isReadable)
                                .flatMap(f -> DataFolder.tree(f, ".xml").stream()))
                .toList();
    }

    private static VocSource inAnnotations(Path root, Path file) {
        for (Path at = file.getParent(); !at.equals(root); at = at.getParent()) {
            if (at.getFileName().toString().equalsIgnoreCase("annotations")) {
                return new VocSource(file, at.getParent(), at.relativize(file.getParent()));
            }
        }
        return null;
    }

    String stem() {
        return FilesByStem.stem(file);
    }

    /**
     * The name that lists of splits use: the folders below {@code Annotations/} and the file name without extension.
     */
    String key() {
        return below.resolve(stem()).toString().replace('\\', '/');
    }

    /**
     * Folders in which the picture of the same name may lie: sub-folders of {@code Annotations/} are expected in the
     * picture folder too.
     */
    List<Path> pictureFolders() {
        return Stream.concat(
                        PICTURES.stream().map(name -> set.resolve(name).resolve(below)), Stream.of(file.getParent()))
                .distinct()
                .toList();
    }

    /** Folders in which the picture may lie if the sub-folders do not match. */
    List<Path> otherFolders(Path root) {
        Path above = file.getParent().equals(root) ? root : file.getParent().getParent();
        return Stream.of(set, above)
                .flatMap(place -> PICTURES.stream().map(place::resolve))
                .distinct()
                .toList();
    }

    /**
     * The split that the name of a folder gives: one that holds {@code Annotations/}, or the first one inside {@code
     * Annotations/}; null if none.
     */
    Split folderSplit(Path root) {
        return Stream.of(root.relativize(set).getName(0), root.relativize(set).getFileName(), below.getName(0))
                .flatMap(name -> SplitNames.of(name.toString()).stream())
                .findFirst()
                .orElse(null);
    }
}
