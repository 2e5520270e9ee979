package io.hardmine.datasets.reading;

import io.hardmine.datasets.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Derives splits from the names of files and folders. */
public final class SplitNames {
    private static final Pattern TRAIN = word("train(ing|val)?");
    private static final Pattern VALIDATION = word("val(id|idation)?|dev");
    private static final Pattern TEST = word("test(ing)?");

    private SplitNames() {}

    private static Pattern word(String word) {
        return Pattern.compile("(%s)(s|set|data|images?|labels?|annotations?)?".formatted(word));
    }

    /**
     * The split that a name stands for. The first word that is {@code train}, {@code val}, {@code test} or a longer
     * form of these decides; {@code trainval} is training. Anything but a letter separates words: {@code
     * instances_val2017.json} is validation, and {@code latest.json} gives no split.
     */
    public static Optional<Split> of(String name) {
        for (String word : name.toLowerCase(Locale.ROOT).split("[^a-z]+")) {
            if (TRAIN.matcher(word).matches()) {
                return Optional.of(Split.TRAIN);
            }
            if (VALIDATION.matcher(word).matches()) {
                return Optional.of(Split.VALIDATION);
            }
            if (TEST.matcher(word).matches()) {
                return Optional.of(Split.TEST);
            }
        }
        return Optional.empty();
    }

    /**
     * The split that a path inside a data folder stands for: by its own name, or else by the innermost enclosing folder
     * whose name gives a split.
     */
    public static Optional<Split> of(Path root, Path place) {
        Path inside = root.toAbsolutePath()
                .normalize()
                .relativize(place.toAbsolutePath().normalize());
        return IntStream.range(0, inside.getNameCount())
                .mapToObj(i -> inside.getName(inside.getNameCount() - 1 - i).toString())
                .flatMap(name -> of(name).stream())
                .findFirst();
    }

    /**
     * Whether a list of training and validation together ({@code trainval}) is redundant, because there is a list of
     * training alone.
     *
     * @param name of the list
     * @param all names of all lists
     */
    public static boolean isCovered(String name, List<String> all) {
        boolean both = name.toLowerCase(Locale.ROOT).contains("trainval");
        return both
                && all.stream().anyMatch(other -> {
                    String lower = other.toLowerCase(Locale.ROOT);
                    return lower.contains("train") && !lower.contains("trainval");
                });
    }
}
