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
 * Where labels lie: in the folder that is called {@code labels} where the picture's is called {@code images}, or, if there
 * is no such folder, beside the picture.
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

    /** Whether there are labels for pictures of a folder; beside the pictures only a text of a picture's name is one. */
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

    /** The last {@code images} of the path inside the data folder turned into {@code labels}. */
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
