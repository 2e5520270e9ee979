package io.hardmine.datasets.yolo;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.DataSummary.Kind;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.DatasetReader;
import io.hardmine.datasets.reading.FileObjects;
import io.hardmine.datasets.reading.Findings;
import io.hardmine.datasets.reading.ObjectFaults;
import io.hardmine.datasets.reading.RawDataset;
import io.hardmine.datasets.reading.RawObject;
import io.hardmine.datasets.reading.RawPicture;
import io.hardmine.datasets.reading.SplitNames;
import io.hardmine.datasets.reading.TextLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads YOLO. A picture in a folder {@code …/images/…} has a text file in {@code …/labels/…}, or else beside it, with a
 * line {@code class x y width height} per object. {@code data.yaml}, or darknet's {@code obj.data}, names the classes
 * and the splits' folders. Without it, {@code classes.txt} names the classes, and splits follow from the folders'
 * names.
 */
public final class YoloReader implements DatasetReader {
    private static final String NO_NAMES =
            "%s has YOLO labels but neither data.yaml nor classes.txt: add classes.txt with one name a line";

    @Override
    public String format() {
        return "yolo";
    }

    @Override
    public String signs() {
        return "data.yaml with \"names\", obj.data, or labels/*.txt beside images/, or *.txt beside the pictures, with classes.txt";
    }

    @Override
    public boolean fits(Path folder) {
        List<Path> yaml = YoloYaml.candidates(folder);
        if (yaml.stream().anyMatch(YoloYaml::isWhole)
                || !DarknetData.candidates(folder).isEmpty()) {
            return true;
        }
        boolean isNamed = !yaml.isEmpty() || ClassLists.exists(folder);
        return isNamed && !labelled(folder, new LabelFiles(folder)).isEmpty();
    }

    @Override
    public Optional<String> nearMiss(Path folder) {
        for (Path yaml : YoloYaml.candidates(folder)) {
            try {
                YoloYaml.read(yaml);
            } catch (DataException e) {
                return Optional.of(e.getMessage());
            }
        }
        if (ClassLists.exists(folder)) {
            return Optional.of(noLabels(folder));
        }
        return labelled(folder, new LabelFiles(folder)).isEmpty()
                ? Optional.empty()
                : Optional.of(NO_NAMES.formatted(folder));
    }

    private static String noLabels(Path folder) {
        return ("%s has no YOLO labels: there is no data.yaml, and no picture has a text of its name,"
                        + " in labels/ for one in images/, or beside it; check the folder")
                .formatted(folder);
    }

    /**
     * Folders of labeled pictures: the usual ones, or else the folder itself if labels lie beside its pictures; empty
     * if there are no labels.
     */
    private static List<Path> labelled(Path folder, LabelFiles labels) {
        List<Path> usual = pictureFolders(folder);
        if (usual.stream().anyMatch(labels::isLabelled)) {
            return usual;
        }
        return labels.isLabelled(folder) ? List.of(folder) : List.of();
    }

    /** The two usual arrangements, {@code [split]/images} and {@code images/[split]}. */
    private static List<Path> pictureFolders(Path folder) {
        Stream<Path> ofSplits = DataFolder.folders(folder).stream()
                .filter(f -> isSplit(f.getFileName()))
                .map(f -> f.resolve("images"));
        return Stream.concat(Stream.of(folder.resolve("images")), ofSplits)
                .filter(Files::isDirectory)
                .toList();
    }

    private static boolean isSplit(Path name) {
        return SplitNames.of(name.toString()).isPresent();
    }

    @Override
    public RawDataset read(Path folder, Findings findings) {
        Places places = new Places(folder);
        LabelFiles labels = new LabelFiles(folder);
        Optional<YoloDescription> described = description(folder, places);
        YoloClasses classes;
        Map<Path, Split> pictures;
        List<Path> folders;
        if (described.isPresent()) {
            classes = described.get().classes();
            SplitPictures named = new SplitPictures(folder, described.get(), places, findings);
            pictures = named.read();
            folders = named.folders();
        } else {
            folders = labelled(folder, labels);
            if (folders.isEmpty()) {
                throw new DataException(noLabels(folder));
            }
            classes = ClassLists.read(folder).orElseThrow(() -> new DataException(NO_NAMES.formatted(folder)));
            pictures = new LinkedHashMap<>();
            folders.forEach(f -> SplitPictures.picturesUnder(f).forEach(p -> pictures.put(p, splitOf(folder, p))));
        }
        return new RawDataset(classes.categories(), withLabels(folder, pictures, folders, labels, classes, findings));
    }

    private static Optional<YoloDescription> description(Path folder, Places places) {
        List<Path> yaml = YoloYaml.candidates(folder);
        List<Path> files = yaml.isEmpty() ? DarknetData.candidates(folder) : yaml;
        if (files.size() > 1) {
            throw new DataException("%s all describe data; take away all but one, or name one data.yaml"
                    .formatted(files.stream().map(Path::toString).collect(Collectors.joining(", "))));
        }
        return files.stream()
                .findFirst()
                .map(file -> yaml.isEmpty() ? DarknetData.read(file, places) : YoloYaml.read(file));
    }

    /** The split that the picture's folder stands for, {@code [split]/…} or {@code images/[split]/…}; null if none. */
    private static Split splitOf(Path root, Path picture) {
        Path inside = root.relativize(picture);
        int folders = inside.getNameCount() - 1;
        boolean isFirst = folders > 0 && isSplit(inside.getName(0));
        boolean isSecond = folders > 1 && inside.startsWith("images") && isSplit(inside.getName(1));
        return isFirst || isSecond
                ? SplitNames.of(inside.getName(isFirst ? 0 : 1).toString()).orElseThrow()
                : null;
    }

    private static List<RawPicture> withLabels(
            Path root,
            Map<Path, Split> pictures,
            List<Path> folders,
            LabelFiles labels,
            YoloClasses classes,
            Findings findings) {
        ObjectFaults faults = new ObjectFaults(findings);
        Set<Path> used = new HashSet<>();
        List<RawPicture> read = new ArrayList<>();
        pictures.forEach((picture, split) -> {
            Optional<Path> file = labels.of(picture);
            file.ifPresent(used::add);
            FileObjects objects;
            try {
                objects = file.map(f -> LabelFile.read(f, classes)).orElse(new FileObjects(List.of(), List.of()));
            } catch (DataException e) {
                findings.add(Kind.UNREADABLE_ANNOTATION, e.getMessage());
                return;
            }
            List<RawObject> good = faults.keepGood(objects);
            String path = root.relativize(picture).toString();
            read.add(new RawPicture(-1, path, List.of(""), 0, 0, good, split, picture.toString()));
        });
        faults.refuseIfNoneIsGood();
        folders.stream()
                .flatMap(f -> labels.under(f).stream())
                .filter(f -> used.add(f) && LabelFile.looksLikeOne(f))
                .forEach(f -> findings.add(Kind.LABELS_WITHOUT_PICTURE, f.toString(), (int) rows(f)));
        return read;
    }

    private static long rows(Path labels) {
        return TextLines.of(labels).stream().filter(line -> !line.isEmpty()).count();
    }
}
