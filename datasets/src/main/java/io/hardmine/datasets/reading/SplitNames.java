package io.hardmine.datasets.reading;

import io.hardmine.datasets.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Splits told from the names of files and folders. */
public final class SplitNames {
    private static final Pattern TRAIN = word("train(ing|val)?");
    private static final Pattern VALIDATION = word("val(id|idation)?|dev");
    private static final Pattern TEST = word("test(ing)?");

    private SplitNames() {}

    private static Pattern word(String word) {
        return Pattern.compile("(%s)(s|set|data|images?|labels?|annotations?)?".formatted(word));
    }

    /**
     * The split that a name stands for, by the first of its words that is one: {@code train}, {@code val}, {@code test}
     * and their longer forms; trainval is training. Words end at anything but a letter: {@code instances_val2017.json} is
     * validation, {@code latest.json} says nothing.
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

    /** The split that a place inside a data folder stands for: its own name, else the folders' around it, inside out. */
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
     * Whether a list is of training and validation together while each has a list of its own too: then it says nothing
     * new.
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
