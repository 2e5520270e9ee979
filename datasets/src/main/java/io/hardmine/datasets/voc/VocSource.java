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
 * @param file it
 * @param set the folder that holds {@code Annotations/}, or, if the file lies beside its picture, the file's own
 * @param below folders between {@code Annotations/} and the file, possibly none
 */
record VocSource(Path file, Path set, Path below) {
    private static final List<String> PICTURES = List.of("JPEGImages", "images", "Images", "");

    /** All files of a data folder: those in {@code Annotations/} at any depth, or else those beside pictures. */
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

    /** Every XML file; folders beside the data that only the system may read, such as lost+found, are passed over. */
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

    /** What lists of splits call it: its name without ending, with the folders below {@code Annotations/}. */
    String key() {
        return below.resolve(stem()).toString().replace('\\', '/');
    }

    /** Where the picture of its own name can be: folders inside the picture folder are those inside {@code Annotations/}. */
    List<Path> pictureFolders() {
        return Stream.concat(
                        PICTURES.stream().map(name -> set.resolve(name).resolve(below)), Stream.of(file.getParent()))
                .distinct()
                .toList();
    }

    /** Where its picture can be if folders do not match. */
    List<Path> otherFolders(Path root) {
        Path above = file.getParent().equals(root) ? root : file.getParent().getParent();
        return Stream.of(set, above)
                .flatMap(place -> PICTURES.stream().map(place::resolve))
                .distinct()
                .toList();
    }

    /** The split that a folder around it stands for: around {@code Annotations/}, or the first one inside; null if none. */
    Split folderSplit(Path root) {
        return Stream.of(root.relativize(set).getName(0), root.relativize(set).getFileName(), below.getName(0))
                .flatMap(name -> SplitNames.of(name.toString()).stream())
                .findFirst()
                .orElse(null);
    }
}
