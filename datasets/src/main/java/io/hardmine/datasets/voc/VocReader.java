package io.hardmine.datasets.voc;

import io.hardmine.datasets.DataSummary.Kind;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.DatasetReader;
import io.hardmine.datasets.reading.Findings;
import io.hardmine.datasets.reading.RawDataset;
import io.hardmine.datasets.reading.RawPicture;
import io.hardmine.datasets.reading.SplitNames;
import io.hardmine.datasets.reading.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Pascal VOC: {@code Annotations/*.xml} beside {@code JPEGImages/} (or {@code annotations/} beside {@code
 * images/}), with the splits of {@code ImageSets/Main/*.txt} where there are any.
 */
public final class VocReader implements DatasetReader {
    private static final List<String> ANNOTATIONS = List.of("Annotations", "annotations");
    private static final List<String> PICTURES = List.of("JPEGImages", "images", "Images", "");

    @Override
    public String format() {
        return "voc";
    }

    @Override
    public String signs() {
        return "Annotations/*.xml";
    }

    @Override
    public boolean fits(Path folder) {
        return ANNOTATIONS.stream().anyMatch(name -> !DataFolder.files(folder.resolve(name), ".xml")
                .isEmpty());
    }

    @Override
    public RawDataset read(Path folder, Findings findings) {
        Map<String, Path> byStem = new LinkedHashMap<>();
        ANNOTATIONS.forEach(
                name -> DataFolder.files(folder.resolve(name), ".xml").forEach(f -> byStem.putIfAbsent(stem(f), f)));
        Map<String, Split> splits = splits(folder);
        List<RawPicture> pictures = new ArrayList<>();
        if (splits.isEmpty()) {
            byStem.forEach((stem, file) -> pictures.add(VocFile.read(file, stem, PICTURES, null)));
        } else {
            splits.forEach((stem, split) -> {
                Path file = byStem.get(stem);
                if (file == null) {
                    findings.add(
                            Kind.MISSING_PICTURE,
                            "ImageSets/Main names '%s', which has no annotation file".formatted(stem));
                } else {
                    pictures.add(VocFile.read(file, stem, PICTURES, split));
                }
            });
        }
        return new RawDataset(List.of(), pictures);
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** The split of each picture that ImageSets names, test first, so that a picture named twice stays out of training. */
    private static Map<String, Split> splits(Path folder) {
        Path sets = folder.resolve("ImageSets").resolve("Main");
        Map<String, Split> splits = new LinkedHashMap<>();
        List<Path> lists = DataFolder.files(sets, ".txt").stream()
                .filter(f -> List.of("train", "val", "test", "trainval").contains(stem(f)))
                .toList();
        List<String> names = lists.stream().map(VocReader::stem).toList();
        for (Split wanted : List.of(Split.TEST, Split.VALIDATION, Split.TRAIN)) {
            for (Path list : lists) {
                Split split = SplitNames.of(stem(list)).orElseThrow();
                if (split == wanted && !SplitNames.isCovered(stem(list), names)) {
                    readList(list).forEach(stem -> splits.putIfAbsent(stem, split));
                }
            }
        }
        return splits;
    }

    private static List<String> readList(Path list) {
        return TextLines.of(list).stream()
                .map(line -> line.split("\\s+")[0])
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
