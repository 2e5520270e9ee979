package io.hardmine.datasets.yolo;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.DataSummary.Kind;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.file.FileTree;
import io.hardmine.datasets.image.PictureFolder;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.Findings;
import io.hardmine.datasets.reading.TextLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The pictures that a description names, each in one split. */
final class SplitPictures {
    private final Path root;
    private final YoloDescription description;
    private final Places places;
    private final Findings findings;
    private final List<Path> folders = new ArrayList<>();

    SplitPictures(Path root, YoloDescription description, Places places, Findings findings) {
        this.root = root;
        this.description = description;
        this.places = places;
        this.findings = findings;
    }

    /** The folders that {@link #read} searched for pictures. Folders of pictures that lists name are not among them. */
    List<Path> folders() {
        return List.copyOf(folders);
    }

    /**
     * Every picture with its split. A picture that is named in several splits is left out of training. If training
     * would be empty then, its pictures stay there: small examples name one folder for training and validation.
     */
    Map<Path, Split> read() {
        Map<Split, Set<Path>> named = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            Set<Path> pictures = new LinkedHashSet<>();
            for (String name : description.places().getOrDefault(split, List.of())) {
                place(name, split).ifPresent(place -> pictures.addAll(pictures(place)));
            }
            named.put(split, pictures);
        }
        Set<Path> training = named.get(Split.TRAIN);
        Set<Path> others = new HashSet<>(named.get(Split.TEST));
        others.addAll(named.get(Split.VALIDATION));
        Map<Path, Split> splits = new LinkedHashMap<>();
        if (!training.isEmpty() && others.containsAll(training)) {
            findings.add(
                    Kind.SHARED_SPLIT,
                    "%s: every training picture is in another split too (%d)"
                            .formatted(description.file(), training.size()));
            named.forEach((split, pictures) -> pictures.forEach(picture -> splits.put(picture, split)));
            training.forEach(picture -> splits.put(picture, Split.TRAIN));
        } else {
            named.forEach((split, pictures) -> pictures.forEach(picture -> add(splits, picture, split)));
        }
        return splits;
    }

    /** Sets the split of a picture. A later split wins, and training is added first. */
    private void add(Map<Path, Split> splits, Path picture, Split split) {
        Split earlier = splits.put(picture, split);
        if (earlier != null) {
            findings.add(Kind.IN_TWO_SPLITS, "%s: '%s'".formatted(description.file(), root.relativize(picture)));
        }
    }

    private Optional<Path> place(String name, Split split) {
        List<Path> all = places.all(name, bases());
        if (all.isEmpty()) {
            throw new DataException(
                    "%s: '%s' leads out of the data folder; give a place inside".formatted(description.file(), name));
        }
        Optional<Path> place =
                all.stream().filter(p -> Files.isDirectory(p) || isList(p)).findFirst();
        if (place.isEmpty()) {
            String missing =
                    "%s: the folder or list '%s' does not exist%s".formatted(description.file(), name, suggestion(all));
            if (split == Split.TRAIN) {
                throw new DataException(missing);
            }
            findings.add(Kind.MISSING_SPLIT, missing);
        }
        return place.map(p -> Files.isDirectory(p.resolve("images")) ? p.resolve("images") : p);
    }

    private static String suggestion(List<Path> places) {
        return places.stream()
                .filter(p -> p.getFileName() != null)
                .map(p -> p.resolveSibling("images").resolve(p.getFileName()))
                .filter(Files::isDirectory)
                .findFirst()
                .map("; did you mean %s?"::formatted)
                .orElse("");
    }

    private static boolean isList(Path place) {
        return Files.isRegularFile(place) && place.toString().endsWith(".txt");
    }

    private List<Path> bases() {
        return Stream.of(places.base(description.base()), root).distinct().toList();
    }

    private List<Path> pictures(Path place) {
        if (Files.isDirectory(place)) {
            folders.add(place);
            return picturesUnder(place);
        }
        List<Path> bases = Stream.concat(bases().stream(), Stream.of(place.getParent()))
                .distinct()
                .toList();
        List<String> lines = TextLines.of(place);
        List<Path> pictures = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isEmpty()) {
                Path picture = listed(lines.get(i), bases, "%s, line %d".formatted(place, i + 1));
                if (!FileTree.isHidden(picture)) {
                    pictures.add(picture);
                }
            }
        }
        return pictures;
    }

    /** The pictures of a folder and the folders below it. */
    static List<Path> picturesUnder(Path folder) {
        return DataFolder.tree(folder, "").stream()
                .filter(PictureFolder::isPicture)
                .toList();
    }

    private Path listed(String line, List<Path> bases, String where) {
        List<Path> all = places.all(line, bases);
        if (all.isEmpty() || all.get(0).equals(root)) {
            throw new DataException(
                    "%s: '%s' is no picture's name, or leads out of the data folder; give a place inside"
                            .formatted(where, line));
        }
        return all.stream().filter(Files::isRegularFile).findFirst().orElse(all.get(0));
    }
}
