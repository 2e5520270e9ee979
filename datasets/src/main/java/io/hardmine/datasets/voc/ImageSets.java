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
 * The lists of splits in {@code ImageSets/Main}: one picture per line, by its name without extension. Lists of a class,
 * such as {@code car_train.txt}, are skipped.
 *
 * @param splits split of each annotation that a list names, by its key; those of the test list come first
 * @param unknown one message for each listed name without an annotation
 */
record ImageSets(Map<String, Split> splits, List<String> unknown) {
    /** Reads the lists of a set; both fields are empty if it has no lists. */
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

    /**
     * The key of the annotation that a line names. The flag of a class at the end of the line is ignored, and so is the
     * extension of a picture or an XML file.
     */
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
