package io.hardmine.datasets.voc;

import io.hardmine.datasets.Split;
import io.hardmine.datasets.image.PictureFolder;
import io.hardmine.datasets.reading.DataFolder;
import io.hardmine.datasets.reading.FilesByStem;
import io.hardmine.datasets.reading.SplitNames;
import io.hardmine.datasets.reading.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The lists of splits in {@code ImageSets/Main}: a picture a line, by its name without ending. Lists of a class, such as
 * {@code car_train.txt}, are passed over.
 *
 * @param splits of the annotations' keys, those of the test list first
 * @param unknown names of which there is no annotation
 */
record ImageSets(Map<String, Split> splits, List<String> unknown) {
    /** Those of a set; both are empty if it has no such lists. */
    static ImageSets of(Path set, Set<String> keys) {
        Path main = set.resolve("ImageSets").resolve("Main");
        List<Path> lists = DataFolder.files(main, ".txt").stream()
                .filter(f -> FilesByStem.stem(f).matches("[A-Za-z]+"))
                .filter(f -> SplitNames.of(FilesByStem.stem(f)).isPresent())
                .toList();
        List<String> names = lists.stream().map(FilesByStem::stem).toList();
        Map<String, Split> splits = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        // test first, so that a picture named twice stays out of training
        for (Split wanted : List.of(Split.TEST, Split.VALIDATION, Split.TRAIN)) {
            for (Path list : lists) {
                String name = FilesByStem.stem(list);
                if (SplitNames.of(name).orElseThrow() == wanted && !SplitNames.isCovered(name, names)) {
                    for (String line : TextLines.of(list)) {
                        String key = key(line, keys);
                        if (keys.contains(key)) {
                            splits.putIfAbsent(key, wanted);
                        } else if (!line.isEmpty() && !VocPictures.lastPart(key).startsWith(".")) {
                            unknown.add("%s names '%s'".formatted(list, key));
                        }
                    }
                }
            }
        }
        return new ImageSets(splits, unknown);
    }

    /** A line with the flag of a class at its end, or with the ending of a picture, names what is left without them. */
    private static String key(String line, Set<String> keys) {
        String unified = line.replace('\\', '/').replaceFirst("^(\\./)+", "");
        String unflagged = unified.replaceFirst("\\s+-?[01]$", "");
        return List.of(unified, withoutEnding(unified), unflagged, withoutEnding(unflagged)).stream()
                .filter(keys::contains)
                .findFirst()
                .orElse(withoutEnding(unflagged));
    }

    private static String withoutEnding(String name) {
        boolean hasOne =
                PictureFolder.isPicture(name) || name.toLowerCase(Locale.ROOT).endsWith(".xml");
        return hasOne ? FilesByStem.stem(name) : name;
    }
}
