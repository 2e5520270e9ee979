package io.hardmine.datasets.inspect;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.image.PerceptualHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pictures that look like an earlier one although their files differ: copies of other quality or size, frames of one
 * scene. Scores on a split are misleading if its pictures look like training pictures. Files of equal content are not
 * counted here.
 *
 * @param acrossSplits pictures that look like an earlier one of another split
 * @param acrossExamples the first few of them
 * @param withinSplits pictures that look like an earlier one of the same split, or of the data set if it has no splits
 * @param withinExamples the first few of them
 * @param undecodable pictures whose pixels cannot be decoded, although their headers are valid
 * @param undecodableExamples what is wrong with the first few of them
 */
public record Lookalikes(
        int acrossSplits,
        List<Pair> acrossExamples,
        int withinSplits,
        List<Pair> withinExamples,
        int undecodable,
        List<String> undecodableExamples) {
    private static final int EXAMPLES = 5;

    /** Copies the lists. */
    public Lookalikes {
        acrossExamples = List.copyOf(acrossExamples);
        withinExamples = List.copyOf(withinExamples);
        undecodableExamples = List.copyOf(undecodableExamples);
    }

    /**
     * Two pictures that look alike.
     *
     * @param earlier name of the first in the data set's order
     * @param later name of the other
     * @param bits in which their hashes differ, see {@link PerceptualHash}
     */
    public record Pair(String earlier, String later, int bits) {}

    /** Whether anything was found. */
    public boolean areNone() {
        return acrossSplits + withinSplits + undecodable == 0;
    }

    /** Decodes all pictures, and compares each with those that share a part of its hash. */
    public static Lookalikes find(LoadedDataset loaded) {
        List<Seen> all =
                loaded.dataset().pictures().parallelStream().map(Seen::of).toList();
        List<Seen> decoded = all.stream().filter(s -> s.hash() != null).toList();
        List<String> failures =
                all.stream().map(Seen::failure).filter(f -> f != null).toList();
        List<Pair> across = new ArrayList<>();
        List<Pair> within = new ArrayList<>();
        Map<Optional<Split>, Index> indices = new HashMap<>();
        Set<String> contents = new HashSet<>();
        for (Seen picture : decoded) {
            if (!contents.add(loaded.hashes().get(picture.name()))) {
                continue;
            }
            Optional<Split> split = Optional.ofNullable(loaded.givenSplits().get(picture.name()));
            Optional<Pair> elsewhere = indices.entrySet().stream()
                    .filter(e -> !e.getKey().equals(split))
                    .flatMap(e -> e.getValue().like(picture).stream())
                    .findFirst();
            Index own = indices.computeIfAbsent(split, s -> new Index());
            elsewhere.ifPresentOrElse(across::add, () -> own.like(picture).ifPresent(within::add));
            own.add(picture);
        }
        return new Lookalikes(
                across.size(), first(across), within.size(), first(within), failures.size(), first(failures));
    }

    private static <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(EXAMPLES, all.size()));
    }

    /** As text, lines ending in '\n'; empty if nothing was found. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        lines(
                text,
                acrossSplits,
                "%d x picture that looks like one of another split: scores on that split mislead%n",
                acrossExamples);
        lines(text, withinSplits, "%d x picture that looks like another one%n", withinExamples);
        if (undecodable > 0) {
            text.append("%d x picture whose pixels cannot be decoded%n".formatted(undecodable));
            undecodableExamples.forEach(e -> text.append("      ").append(e).append('\n'));
        }
        return text.toString();
    }

    private static void lines(StringBuilder text, int count, String title, List<Pair> examples) {
        if (count > 0) {
            text.append(title.formatted(count));
            examples.forEach(p -> text.append("      %s and %s%n".formatted(p.earlier(), p.later())));
            text.append(count > examples.size() ? "      …\n" : "");
        }
    }

    /** A picture that was looked at: its hash, or what is wrong with it. */
    private record Seen(String name, PerceptualHash hash, String failure) {
        static Seen of(Picture picture) {
            try {
                return new Seen(picture.name(), PerceptualHash.of(picture.file()), null);
            } catch (DataException e) {
                return new Seen(picture.name(), null, e.getMessage());
            }
        }
    }

    /**
     * Pictures by the parts of their hashes. Hashes that differ in fewer bits than there are parts have a part in
     * common, so only pictures that share a part are compared.
     */
    private static final class Index {
        private final Map<Integer, List<Seen>> places = new HashMap<>();

        void add(Seen picture) {
            for (int band = 0; band < PerceptualHash.bands(); band++) {
                places.computeIfAbsent(key(picture, band), k -> new ArrayList<>(1))
                        .add(picture);
            }
        }

        Optional<Pair> like(Seen picture) {
            for (int band = 0; band < PerceptualHash.bands(); band++) {
                for (Seen earlier : places.getOrDefault(key(picture, band), List.of())) {
                    int bits = picture.hash().distance(earlier.hash());
                    if (bits <= PerceptualHash.ALIKE) {
                        return Optional.of(new Pair(earlier.name(), picture.name(), bits));
                    }
                }
            }
            return Optional.empty();
        }

        private static int key(Seen picture, int band) {
            return band << 16 | picture.hash().band(band);
        }
    }
}
