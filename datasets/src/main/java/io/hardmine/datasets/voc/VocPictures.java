package io.hardmine.datasets.voc;

import io.hardmine.datasets.file.FileFault;
import io.hardmine.datasets.image.PictureFolder;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.FilesByStem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the pictures of annotations. */
final class VocPictures {
    private final Path root;
    private final DataFolder inside;
    private final FilesByStem byStem = new FilesByStem(PictureFolder::isPicture);

    /** Of a data folder. */
    VocPictures(Path root) {
        this.root = root;
        try {
            inside = new DataFolder(root);
        } catch (IOException e) {
            throw FileFault.of(root, e);
        }
    }

    /**
     * The picture whose name equals that of the annotation file without extensions. If there are several, the one that
     * the annotation names, or else the first.
     */
    Optional<Path> ofOwnName(VocSource source, String filename) {
        List<Path> found = source.pictureFolders().stream()
                .map(folder -> byStem.find(folder, source.stem()))
                .filter(files -> !files.isEmpty())
                .findFirst()
                .orElse(List.of());
        String last = lastPart(filename);
        return found.stream()
                .filter(p -> p.getFileName().toString().equals(last))
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    /**
     * The picture that the annotation names. The name is tried with its folders, then without them, then with any
     * extension.
     */
    Optional<Path> named(VocSource source, String filename) {
        if (filename.isEmpty()) {
            return Optional.empty();
        }
        List<Path> places = places(source);
        List<String> folders =
                places.stream().map(f -> root.relativize(f).toString()).toList();
        String last = lastPart(filename);
        return inside.find(filename, folders)
                .or(() -> inside.find(last, folders))
                .map(file -> root.resolve(inside.nameOf(file)))
                .or(() -> Stream.of(last, FilesByStem.stem(last))
                        .flatMap(stem -> places.stream().flatMap(folder -> byStem.find(folder, stem).stream()))
                        .findFirst());
    }

    /** As {@link #ofOwnName}, in the folders of {@link VocSource#otherFolders}. */
    Optional<Path> ofOwnNameElsewhere(VocSource source) {
        return source.otherFolders(root).stream()
                .flatMap(folder -> byStem.find(folder, source.stem()).stream())
                .findFirst();
    }

    private List<Path> places(VocSource source) {
        return Stream.concat(source.pictureFolders().stream(), source.otherFolders(root).stream())
                .distinct()
                .toList();
    }

    /**
     * The file name at the end of a path. Some tools write the path that the picture had on the machine of the
     * annotator.
     */
    static String lastPart(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }
}
