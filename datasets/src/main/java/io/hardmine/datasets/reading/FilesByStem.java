package io.hardmine.datasets.reading;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds files by their stems, the names without the extension. A folder is listed once. If no stem is equal, stems are
 * compared after decoding: programs write {@code %20} for a blank, and systems store an umlaut as one character or as
 * two.
 */
public final class FilesByStem {
    private static final Pattern BARE_PERCENT = Pattern.compile("%(?![0-9a-fA-F]{2})");

    private final Predicate<Path> wanted;
    private final Map<Path, Listing> listings = new HashMap<>();

    /** Finds only files that satisfy {@code wanted}. */
    public FilesByStem(Predicate<Path> wanted) {
        this.wanted = wanted;
    }

    private record Listing(Map<String, List<Path>> byStem, Map<String, List<Path>> asRead) {
        static Listing of(List<Path> files) {
            Listing listing = new Listing(new HashMap<>(), new HashMap<>());
            for (Path file : files) {
                String stem = stem(file);
                listing.byStem.computeIfAbsent(stem, s -> new ArrayList<>()).add(file);
                listing.asRead
                        .computeIfAbsent(read(stem), s -> new ArrayList<>())
                        .add(file);
            }
            return listing;
        }

        List<Path> find(String stem) {
            List<Path> equal = byStem.get(stem);
            return equal != null ? equal : asRead.getOrDefault(read(stem), List.of());
        }
    }

    /** Files with the stem directly inside the folder, sorted by name; none if the folder does not exist. */
    public List<Path> find(Path folder, String stem) {
        return listings.computeIfAbsent(
                        folder,
                        f -> Listing.of(
                                DataFolder.files(f, "").stream().filter(wanted).toList()))
                .find(stem);
    }

    /** The file's name up to its last dot. */
    public static String stem(Path file) {
        return stem(file.getFileName().toString());
    }

    /** The name up to its last dot. */
    public static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String read(String stem) {
        String decoded = stem.indexOf('%') >= 0 && !BARE_PERCENT.matcher(stem).find()
                ? URLDecoder.decode(stem.replace("+", "%2B"), StandardCharsets.UTF_8)
                : stem;
        return Normalizer.normalize(decoded, Normalizer.Form.NFC);
    }
}
