package io.hardmine.datasets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Decides which pictures train, validate and test. Splits that the folder gives are used. Without a validation split one
 * is carved from training, never from test; without any split all three are. Pictures of the same content go together;
 * where the given splits part them, training loses them.
 */
public final class Splitter {
    private Splitter() {}

    /** The three parts. */
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
                throw new DataException("%s has no training pictures; its split names: none"
                        .formatted(loaded.dataset().name()));
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
        if (!splits.containsValue(Split.TEST)) {
            warnings.add(
                    "there are no test pictures: scores on validation are of data that the best weights were chosen on");
        }
        return new Partition(loaded.dataset(), splits, loaded.hashes(), how, warnings);
    }

    /** Takes pictures out of training, or validation, whose content is in a split that must stay unseen. */
    private static int removeRepeated(LoadedDataset loaded, Map<String, Split> splits) {
        Map<String, Split> strictest = new HashMap<>();
        splits.forEach((name, split) ->
                strictest.merge(loaded.hashes().get(name), split, (a, b) -> a.compareTo(b) > 0 ? a : b));
        int before = splits.size();
        splits.entrySet().removeIf(e -> strictest.get(loaded.hashes().get(e.getKey())) != e.getValue());
        return before - splits.size();
    }

    /**
     * Seeded iterative stratification (Sechidis et al. 2011): of the class with the fewest pictures left, each picture
     * goes to the part that wants that class most.
     */
    private static Map<String, Split> balanced(
            LoadedDataset loaded, List<Picture> pictures, Map<Split, Double> shares, long seed) {
        Map<String, List<Picture>> groups = new LinkedHashMap<>();
        pictures.forEach(p -> groups.computeIfAbsent(loaded.hashes().get(p.name()), h -> new ArrayList<>())
                .add(p));
        List<List<Picture>> left = new ArrayList<>(groups.values());
        Shuffle.inPlace(left, new SplittableRandom(seed));
        int classes = loaded.dataset().categories().size();
        int background = classes;
        List<Split> parts = List.copyOf(shares.keySet());
        double[][] wanted = new double[parts.size()][classes + 2];
        for (List<Picture> group : left) {
            for (int part = 0; part < parts.size(); part++) {
                double share = shares.get(parts.get(part));
                for (int kind : kinds(group.get(0), background)) {
                    wanted[part][kind] += share * group.size();
                }
                wanted[part][classes + 1] += share * group.size();
            }
        }
        Map<String, Split> splits = new LinkedHashMap<>();
        while (!left.isEmpty()) {
            int[] counts = new int[classes + 1];
            left.forEach(g -> kinds(g.get(0), background).forEach(k -> counts[k]++));
            int rarest = -1;
            for (int k = 0; k <= classes; k++) {
                if (counts[k] > 0 && (rarest < 0 || counts[k] < counts[rarest])) {
                    rarest = k;
                }
            }
            int kind = rarest;
            List<List<Picture>> having = left.stream()
                    .filter(g -> kinds(g.get(0), background).contains(kind))
                    .toList();
            for (List<Picture> group : having) {
                int best = 0;
                for (int part = 1; part < parts.size(); part++) {
                    int order = Comparator.<Integer>comparingDouble(p -> wanted[p][kind])
                            .thenComparingDouble(p -> wanted[p][classes + 1])
                            .compare(part, best);
                    best = order > 0 ? part : best;
                }
                for (int k : kinds(group.get(0), background)) {
                    wanted[best][k] -= group.size();
                }
                wanted[best][classes + 1] -= group.size();
                for (Picture p : group) {
                    splits.put(p.name(), parts.get(best));
                }
            }
            left.removeAll(having);
        }
        return splits;
    }

    /** The classes that a picture shows; {@code background} for none. */
    private static List<Integer> kinds(Picture picture, int background) {
        List<Integer> kinds = picture.annotations().stream()
                .map(Annotation::category)
                .distinct()
                .toList();
        return kinds.isEmpty() ? List.of(background) : kinds;
    }
}
