package io.hardmine.datasets.yolo;

import io.hardmine.datasets.image.PictureFolder;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.FilesByStem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the label files of pictures: in the picture's path, {@code images} is replaced by {@code labels}. If there is
 * no such folder, labels lie beside the picture.
 */
final class LabelFiles {
    private final Path root;
    private final FilesByStem byStem = new FilesByStem(LabelFiles::canBeLabels);

    /** Of a data folder. */
    LabelFiles(Path root) {
        this.root = root;
    }

    /** The labels of a picture. */
    Optional<Path> of(Path picture) {
        return byStem.find(folderOf(picture.getParent()), FilesByStem.stem(picture)).stream()
                .findFirst();
    }

    /** All files that can be labels of pictures in a folder and the folders below it. */
    List<Path> under(Path pictures) {
        return DataFolder.tree(folderOf(pictures), ".txt").stream()
                .filter(LabelFiles::canBeLabels)
                .toList();
    }

    /**
     * Whether there are labels for the pictures of a folder. A text file beside the pictures counts only if a picture
     * has its name.
     */
    boolean isLabelled(Path pictures) {
        List<Path> files = under(pictures);
        if (!folderOf(pictures).equals(pictures)) {
            return !files.isEmpty();
        }
        FilesByStem beside = new FilesByStem(PictureFolder::isPicture);
        return files.stream()
                .anyMatch(f -> LabelFile.looksLikeOne(f)
                        && !beside.find(f.getParent(), FilesByStem.stem(f)).isEmpty());
    }

    private static boolean canBeLabels(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".txt") && !ClassLists.isOne(file);
    }

    /**
     * The folder of the labels: the last {@code images} of the path inside the data folder is replaced by {@code
     * labels}. The folder of the pictures itself if that does not exist.
     */
    private Path folderOf(Path pictures) {
        for (Path at = pictures; at != null && !at.equals(root); at = at.getParent()) {
            if (at.endsWith("images")) {
                Path labels = at.resolveSibling("labels").resolve(at.relativize(pictures));
                if (Files.isDirectory(labels)) {
                    return labels;
                }
                break;
            }
        }
        return pictures;
    }
}
