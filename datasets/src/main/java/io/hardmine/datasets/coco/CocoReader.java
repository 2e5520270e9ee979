package io.hardmine.datasets.coco;

import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.DatasetReader;
import io.hardmine.datasets.reading.Findings;
import io.hardmine.datasets.reading.RawDataset;
import io.hardmine.datasets.reading.RawPicture;
import io.hardmine.datasets.reading.SplitNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads COCO: JSON files at the top, in {@code annotations/}, or one in each split's folder. A file's name, or else its
 * folder's, tells the split. Keypoint, caption and panoptic files are passed over.
 */
public final class CocoReader implements DatasetReader {
    @Override
    public String format() {
        return "coco";
    }

    @Override
    public String signs() {
        return "a *.json with \"images\" and \"annotations\", at the top, in annotations/ or in a split's folder";
    }

    @Override
    public boolean fits(Path folder) {
        return candidates(folder).stream().anyMatch(CocoFile::looksLikeOne);
    }

    private static List<Path> candidates(Path folder) {
        List<Path> found = new ArrayList<>(jsonFiles(folder));
        DataFolder.folders(folder).stream()
                .filter(f -> f.endsWith("annotations")
                        || SplitNames.of(f.getFileName().toString()).isPresent())
                .forEach(f -> found.addAll(jsonFiles(f)));
        return found;
    }

    private static List<Path> jsonFiles(Path folder) {
        return DataFolder.files(folder, ".json").stream()
                .filter(f -> !f.getFileName().toString().matches("(person_keypoints|captions|panoptic|stuff)_.*"))
                .toList();
    }

    @Override
    public RawDataset read(Path folder, Findings findings) {
        List<Path> files = candidates(folder);
        List<String> names = files.stream().map(f -> f.getFileName().toString()).toList();
        List<Path> taken = files.stream()
                .filter(f -> !SplitNames.isCovered(f.getFileName().toString(), names))
                .filter(f -> files.size() == 1 || CocoFile.looksLikeOne(f))
                .toList();
        if (taken.isEmpty()) {
            throw new DataException("%s has no COCO annotation file: %s".formatted(folder, signs()));
        }
        Map<Integer, Category> categories = new LinkedHashMap<>();
        List<RawPicture> pictures = new ArrayList<>();
        for (Path file : taken) {
            CocoFile read = CocoFile.read(
                    folder,
                    file,
                    taken.size() == 1 ? null : SplitNames.of(folder, file).orElse(null));
            for (Category c : read.categories()) {
                Category other = categories.putIfAbsent(c.id(), c);
                if (other != null && !other.name().equals(c.name())) {
                    throw new DataException("%s: category %d is '%s', in another file of the folder it is '%s'"
                            .formatted(file, c.id(), c.name(), other.name()));
                }
            }
            pictures.addAll(read.pictures());
        }
        return new RawDataset(List.copyOf(categories.values()), pictures);
    }
}
