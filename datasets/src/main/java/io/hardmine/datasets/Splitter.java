package io.hardmine.datasets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Assigns pictures to training, validation and test. Splits that the folder gives are used. If it gives no validation
 * split, validation pictures are taken from training, never from test. If it gives no split at all, all three are
 * drawn. Pictures of equal content stay together. If the given splits separate them, test keeps them, or else
 * validation; the copies elsewhere are left out.
 */
public final class Splitter {
    private Splitter() {}

    /**
     * Splits a data set.
     *
     * @throws DataException if no training pictures are left
     */
    public static Partition partition(LoadedDataset loaded, SplitOptions options) {
        Map<String, Split> splits = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>();
        List<Picture> pictures = loaded.dataset().pictures();
        String how;
        if (loaded.givenSplits().isEmpty()) {
            Map<Split, Double> shares = new LinkedHashMap<>();
            shares.put(Split.TEST, options.testShare());
            shares.put(Split.VALIDATION, options.validationShare());
            shares.put(Split.TRAIN, 1 - options.testShare() - options.validationShare());
            splits.putAll(balanced(loaded, pictures, shares, options.seed()));
            how = "no split is given: split by class, seed " + options.seed();
        } else {
            splits.putAll(loaded.givenSplits());
            how = "as the folder gives it";
            if (!splits.containsValue(Split.VALIDATION)) {
                List<Picture> training = pictures.stream()
                        .filter(p -> splits.get(p.name()) == Split.TRAIN)
                        .toList();
                Map<Split, Double> shares = new LinkedHashMap<>();
                shares.put(Split.VALIDATION, options.validationShare());
                shares.put(Split.TRAIN, 1 - options.validationShare());
                splits.putAll(balanced(loaded, training, shares, options.seed()));
                how = "test as the folder gives it, validation carved from training, seed " + options.seed();
            }
            if (!splits.containsValue(Split.TRAIN)) {
                throw new DataException(noTraining(loaded));
            }
            int unused = pictures.size() - splits.size();
            if (unused > 0) {
                warnings.add("%d pictures are in no split and take no part".formatted(unused));
            }
        }
        int removed = removeRepeated(loaded, splits);
        if (removed > 0) {
            warnings.add("%d training pictures have the content of a validation or test picture and are left out"
                    .formatted(removed));
        }
        if (!splits.containsValue(Split.TRAIN)) {
            throw new DataException(
                    "%s has no training pictures left: each has the content of a validation or test picture"
                            .formatted(loaded.dataset().name()));
        }
        if (!splits.containsValue(Split.VALIDATION)) {
            warnings.add("there are no validation pictures: no weights can be chosen by their score");
        } else if (!splits.containsValue(Split.TEST)) {
            warnings.add(
                    "there are no test pictures: scores on validation are of data that the best weights were chosen on");
        }
        return new Partition(loaded.dataset(), splits, loaded.hashes(), how, warnings);
    }

    private static String noTraining(LoadedDataset loaded) {
        int shared = loaded.summary().count(DataSummary.Kind.IN_TWO_SPLITS);
        String reason = shared > 0
                ? "%d are listed for training and for validation or test too, which come first; are both the same folder?"
                        .formatted(shared)
                : "only %s pictures are given; name a folder or list for training too, one of its own"
                        .formatted(String.join(
                                " and ",
                                List.of(Split.VALIDATION, Split.TEST).stream()
                                        .filter(loaded.givenSplits()::containsValue)
                                        .map(split -> split.name().toLowerCase(Locale.ROOT))
                                        .toList()));
        return "%s has no training pictures: %s".formatted(loaded.dataset().name(), reason);
    }

    /**
     * Removes pictures from training whose content is in validation or test, and from validation whose content is in
     * test. Returns their number.
     */
    private static int removeRepeated(LoadedDataset loaded, Map<String, Split> splits) {
        Map<String, Split> strictest = new HashMap<>();
        splits.forEach((name, split) ->
                strictest.merge(loaded.hashes().get(name), split, (a, b) -> a.compareTo(b) > 0 ? a : b));
        int before = splits.size();
        splits.entrySet().removeIf(e -> strictest.get(loaded.hashes().get(e.getKey())) != e.getValue());
        return before - splits.size();
    }

    /**
     * Seeded iterative stratification (Sechidis et al. 2011): takes the class with the fewest pictures left, and puts
     * each of its pictures into the part that still lacks most of that class.
     */
    private static Map<String, Split> balanced(
            LoadedDataset loaded, List<Picture> pictures, Map<Split, Double> shares, long seed) {
        Map<String, List<Picture>> groups = new LinkedHashMap<>();
        pictures.forEach(p -> groups.computeIfAbsent(loaded.hashes().get(p.name()), h -> new ArrayList<>())
                .add(p));
        List<List<Picture>> shuffled = new ArrayList<>(groups.values());
        Shuffle.inPlace(shuffled, new SplittableRandom(seed));
        int background = loaded.dataset().categories().size();
        int all = background + 1;
        List<Split> parts = List.copyOf(shares.keySet());
        double[][] wanted = new double[parts.size()][all + 1];
        RarestFirst left = new RarestFirst();
        for (List<Picture> group : shuffled) {
            List<Integer> kinds = kinds(group.get(0), background);
            left.add(group, kinds);
            for (int part = 0; part < parts.size(); part++) {
                double share = shares.get(parts.get(part));
                for (int kind : kinds) {
                    wanted[part][kind] += share * group.size();
                }
                wanted[part][all] += share * group.size();
            }
        }
        Map<String, Split> splits = new LinkedHashMap<>();
        while (!left.isEmpty()) {
            int kind = left.rarest();
            for (List<Picture> group : left.take(kind)) {
                int best = 0;
                for (int part = 1; part < parts.size(); part++) {
                    int order = Comparator.<Integer>comparingDouble(p -> wanted[p][kind])
                            .thenComparingDouble(p -> wanted[p][all])
                            .compare(part, best);
                    best = order > 0 ? part : best;
                }
                for (int k : kinds(group.get(0), background)) {
                    wanted[best][k] -= group.size();
                }
                wanted[best][all] -= group.size();
                for (Picture p : group) {
                    splits.put(p.name(), parts.get(best));
                }
            }
        }
        return splits;
    }

    /** Groups of pictures by the classes that they show, the class with the fewest groups left first. */
    private static final class RarestFirst {
        private final Map<Integer, Set<Integer>> groupsOf = new HashMap<>();
        private final List<List<Picture>> groups = new ArrayList<>();
        private final List<List<Integer>> kindsOf = new ArrayList<>();
        private final NavigableSet<Count> counts = new TreeSet<>();

        /** The order of classes: by how many groups show them, then by their numbers. */
        private record Count(int groups, int kind) implements Comparable<Count> {
            @Override
            public int compareTo(Count other) {
                return groups == other.groups
                        ? Integer.compare(kind, other.kind)
                        : Integer.compare(groups, other.groups);
            }
        }

        void add(List<Picture> group, List<Integer> kinds) {
            int number = groups.size();
            groups.add(group);
            kindsOf.add(kinds);
            for (int kind : kinds) {
                Set<Integer> of = groupsOf.computeIfAbsent(kind, k -> new LinkedHashSet<>());
                counts.remove(new Count(of.size(), kind));
                of.add(number);
                counts.add(new Count(of.size(), kind));
            }
        }

        boolean isEmpty() {
            return counts.isEmpty();
        }

        int rarest() {
            return counts.first().kind();
        }

        /** Removes and returns all groups that show a class, in the order in which they were added. */
        List<List<Picture>> take(int kind) {
            List<Integer> taken = List.copyOf(groupsOf.get(kind));
            for (int number : taken) {
                for (int k : kindsOf.get(number)) {
                    Set<Integer> of = groupsOf.get(k);
                    counts.remove(new Count(of.size(), k));
                    of.remove(number);
                    if (!of.isEmpty()) {
                        counts.add(new Count(of.size(), k));
                    }
                }
            }
            return taken.stream().map(groups::get).toList();
        }
    }

    /** The classes that a picture shows; only {@code background} if it shows none. */
    private static List<Integer> kinds(Picture picture, int background) {
        List<Integer> kinds = picture.annotations().stream()
                .map(Annotation::category)
                .distinct()
                .toList();
        return kinds.isEmpty() ? List.of(background) : kinds;
    }
}
