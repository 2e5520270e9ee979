package io.hardmine.datasets.voc;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.DataSummary.Kind;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.reading.DatasetReader;
import io.hardmine.datasets.reading.FilesByStem;
import io.hardmine.datasets.reading.Findings;
import io.hardmine.datasets.reading.ObjectFaults;
import io.hardmine.datasets.reading.RawDataset;
import io.hardmine.datasets.reading.RawPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads Pascal VOC: {@code Annotations/} beside {@code JPEGImages/} (or {@code images/}), with the splits of {@code
 * ImageSets/Main} if there are any; or XML files beside their pictures. Without such lists, folders with the name of a
 * split give the split.
 */
public final class VocReader implements DatasetReader {
    @Override
    public String format() {
        return "voc";
    }

    @Override
    public String signs() {
        return "Annotations/*.xml, or *.xml beside the pictures";
    }

    @Override
    public boolean fits(Path folder) {
        return !VocSource.all(folder).isEmpty();
    }

    @Override
    public Optional<String> nearMiss(Path folder) {
        return VocSource.xmlFiles(folder).stream()
                .filter(f -> VocFile.rootOf(f).equals("annotations"))
                .findFirst()
                .map("%s is CVAT's own format; export the task as Pascal VOC, YOLO or COCO"::formatted);
    }

    @Override
    public RawDataset read(Path folder, Findings findings) {
        List<VocSource> sources = VocSource.all(folder);
        if (sources.isEmpty()) {
            throw new DataException("%s has no Pascal VOC annotations: there is no file %s; check the folder"
                    .formatted(folder, signs()));
        }
        Map<VocSource, VocFile> files = new LinkedHashMap<>();
        Map<VocSource, Split> splits = splits(folder, sources, findings);
        splits.keySet().forEach(source -> {
            try {
                files.put(source, VocFile.read(source.file()));
            } catch (DataException e) {
                findings.add(Kind.UNREADABLE_ANNOTATION, e.getMessage());
            }
        });
        return new RawDataset(List.of(), pictures(folder, files, splits, findings));
    }

    /** The annotations that are used, each with its split, which is null if none is given. */
    private static Map<VocSource, Split> splits(Path folder, List<VocSource> sources, Findings findings) {
        Map<Path, Map<String, VocSource>> sets = new LinkedHashMap<>();
        for (VocSource source : sources) {
            sets.computeIfAbsent(source.set(), s -> new LinkedHashMap<>()).putIfAbsent(source.key(), source);
        }
        Map<VocSource, Split> splits = new LinkedHashMap<>();
        sets.forEach((set, byKey) -> {
            ImageSets lists = ImageSets.of(set, byKey.keySet());
            lists.unknown()
                    .forEach(name ->
                            findings.add(Kind.MISSING_PICTURE, "%s, which has no annotation file".formatted(name)));
            if (lists.splits().isEmpty() && lists.unknown().isEmpty()) {
                byKey.values().forEach(source -> splits.put(source, source.folderSplit(folder)));
                return;
            }
            lists.splits().forEach((key, split) -> splits.put(byKey.get(key), split));
            byKey.values().stream()
                    .filter(source -> !splits.containsKey(source))
                    .forEach(source ->
                            findings.add(Kind.NOT_LISTED, source.file().toString()));
        });
        return splits;
    }

    private static List<RawPicture> pictures(
            Path root, Map<VocSource, VocFile> files, Map<VocSource, Split> splits, Findings findings) {
        Map<VocSource, Path> found = found(root, files, findings);
        ObjectFaults faults = new ObjectFaults(findings);
        List<RawPicture> read = new ArrayList<>();
        files.forEach((source, file) -> {
            Path picture = found.get(source);
            String missing = file.filename().isEmpty() ? source.stem() : file.filename();
            read.add(new RawPicture(
                    -1,
                    picture == null ? missing : root.relativize(picture).toString(),
                    picture == null ? List.of() : List.of(""),
                    file.width(),
                    file.height(),
                    faults.keepGood(file.objects()),
                    splits.get(source),
                    source.file().toString()));
        });
        faults.refuseIfNoneIsGood();
        return read;
    }

    /**
     * The picture of each annotation: the one with the name of the annotation file, or else the one that the annotation
     * names. A copied annotation file still names the picture of the original, so a picture that has the name of
     * another annotation file is not taken.
     */
    private static Map<VocSource, Path> found(Path root, Map<VocSource, VocFile> files, Findings findings) {
        VocPictures pictures = new VocPictures(root);
        Map<VocSource, Path> found = new HashMap<>();
        files.forEach(
                (source, file) -> pictures.ofOwnName(source, file.filename()).ifPresent(picture -> {
                    found.put(source, picture);
                    if (!names(file.filename(), picture)) {
                        findings.add(
                                Kind.STALE_NAME,
                                "%s: '%s' in place of '%s'"
                                        .formatted(source.file(), file.filename(), picture.getFileName()));
                    }
                }));
        Set<Path> taken = new HashSet<>(found.values());
        files.forEach((source, file) -> {
            if (!found.containsKey(source)) {
                pictures.named(source, file.filename())
                        .filter(picture -> !taken.contains(picture))
                        .or(() -> pictures.ofOwnNameElsewhere(source).filter(taken::add))
                        .ifPresent(picture -> found.put(source, picture));
            }
        });
        return found;
    }

    private static boolean names(String filename, Path picture) {
        String last = VocPictures.lastPart(filename);
        String stem = FilesByStem.stem(picture);
        return filename.isEmpty() || last.equals(stem) || FilesByStem.stem(last).equals(stem);
    }
}
