package io.hardmine.datasets.coco;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.DatasetReader;
import io.hardmine.datasets.reading.Findings;
import io.hardmine.datasets.reading.RawDataset;
import io.hardmine.datasets.reading.RawPicture;
import io.hardmine.datasets.reading.SplitNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads COCO: JSON files at the top, in {@code annotations/}, or one in each split's folder. A file's name, or else its
 * folder's, gives the split; a single file gives none. Keypoint, caption, panoptic and stuff files are skipped.
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
        CocoCategories categories = new CocoCategories();
        List<RawPicture> pictures = new ArrayList<>();
        for (Path file : taken) {
            Optional<Split> named = SplitNames.of(folder, file);
            Split split = taken.size() == 1 ? null : named.orElse(null);
            CocoFile read = CocoFile.read(file, places(folder, file, named), split, findings::add);
            categories.add(file, read);
            pictures.addAll(read.pictures());
        }
        return new RawDataset(categories.distinct(findings::doubt), pictures, RawDataset.BoxForm.SIDES);
    }

    /**
     * Where pictures may lie: at the top, beside the file, in images/ or data/, in a folder named as the file, or in
     * one named as the file's split.
     */
    private static List<String> places(Path folder, Path file, Optional<Split> split) {
        Path top = folder.toAbsolutePath().normalize();
        String own =
                top.relativize(file.toAbsolutePath().normalize().getParent()).toString();
        String stem = file.getFileName().toString().replaceFirst("\\.json$", "").replaceFirst("^instances_", "");
        Set<String> places = new LinkedHashSet<>(
                List.of("", own, "images", own.isEmpty() ? "images" : own + "/images", stem, "images/" + stem, "data"));
        for (Path around : List.of(top, top.resolve("images"))) {
            DataFolder.folders(around).stream()
                    .filter(f -> split.isPresent()
                            && SplitNames.of(f.getFileName().toString()).equals(split))
                    .map(f -> top.relativize(f).toString())
                    .forEach(f -> places.addAll(List.of(f, f + "/images")));
        }
        return List.copyOf(places);
    }
}
