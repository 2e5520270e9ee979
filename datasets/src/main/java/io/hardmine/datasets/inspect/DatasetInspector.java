package io.hardmine.datasets.inspect;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.inspect.Inspection.CategoryCount;
import io.hardmine.datasets.inspect.Inspection.PictureSize;
import io.hardmine.datasets.inspect.Inspection.SplitCount;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Counts and measures a data set's annotations; opens no picture. */
public final class DatasetInspector {
    private static final double[] RATIO_EDGES = {0.25, 0.5, 0.8, 1.25, 2, 4};
    private static final double[] SHARE_EDGES = {0.001, 0.01, 0.05, 0.2, 0.5};
    private static final double[] COUNT_EDGES = {1, 2, 6, 11, 21, 51};

    /** Shared: a data set may have very many categories without objects. */
    private static final Distribution NO_RATIOS = Distribution.of(DoubleStream.empty(), RATIO_EDGES);

    private static final Distribution NO_SHARES = Distribution.of(DoubleStream.empty(), SHARE_EDGES);

    private DatasetInspector() {}

    /**
     * Counts and measures the annotations of a data set.
     *
     * @param splits the split of each picture, by its name; pictures without an entry are in no split
     */
    public static Inspection inspect(Dataset dataset, Map<String, Split> splits) {
        List<Picture> pictures = dataset.pictures();
        List<Annotation> annotations =
                pictures.stream().flatMap(p -> p.annotations().stream()).toList();
        List<Placed> objects = pictures.stream()
                .flatMap(p ->
                        p.annotations().stream().filter(Annotation::isObject).map(a -> new Placed(p, a)))
                .toList();
        Map<Integer, List<Placed>> byCategory =
                objects.stream().collect(groupingBy(o -> o.annotation().category()));
        return new Inspection(
                dataset.name(),
                pictures.size(),
                (int) pictures.stream().filter(p -> p.annotations().isEmpty()).count(),
                objects.size(),
                annotations.stream().filter(Annotation::crowd).count(),
                annotations.stream().filter(a -> a.ignore() && !a.crowd()).count(),
                objects.stream().filter(o -> o.annotation().difficult()).count(),
                Distribution.of(
                        pictures.stream().mapToDouble(p -> p.annotations().stream()
                                .filter(Annotation::isObject)
                                .count()),
                        COUNT_EDGES),
                ratios(objects),
                shares(objects),
                IntStream.range(0, dataset.categories().size())
                        .mapToObj(c -> count(dataset.categories().get(c).name(), byCategory.getOrDefault(c, List.of())))
                        .toList(),
                sizes(pictures),
                splits(pictures, splits));
    }

    /** An object and the picture that it lies in. */
    private record Placed(Picture picture, Annotation annotation) {
        double ratio() {
            return annotation.box().width() / annotation.box().height();
        }

        double share() {
            Box box = annotation.box();
            return box.area() / ((double) picture.width() * picture.height());
        }
    }

    private record Frame(int width, int height) {}

    private static CategoryCount count(String name, List<Placed> objects) {
        Map<SizeClass, Long> sizes =
                objects.stream().collect(groupingBy(o -> SizeClass.of(o.annotation()), counting()));
        return new CategoryCount(
                name,
                objects.stream().map(o -> o.picture().id()).distinct().count(),
                objects.size(),
                sizes.getOrDefault(SizeClass.SMALL, 0L),
                sizes.getOrDefault(SizeClass.MEDIUM, 0L),
                sizes.getOrDefault(SizeClass.LARGE, 0L),
                ratios(objects),
                shares(objects));
    }

    private static Distribution ratios(List<Placed> objects) {
        return objects.isEmpty()
                ? NO_RATIOS
                : Distribution.of(
                        objects.stream()
                                .filter(o -> !o.annotation().box().isEmpty())
                                .mapToDouble(Placed::ratio),
                        RATIO_EDGES);
    }

    private static Distribution shares(List<Placed> objects) {
        return objects.isEmpty()
                ? NO_SHARES
                : Distribution.of(objects.stream().mapToDouble(Placed::share), SHARE_EDGES);
    }

    private static List<PictureSize> sizes(List<Picture> pictures) {
        return pictures.stream()
                .collect(groupingBy(p -> new Frame(p.width(), p.height()), counting()))
                .entrySet()
                .stream()
                .map(e -> new PictureSize(e.getKey().width(), e.getKey().height(), e.getValue()))
                .sorted(Comparator.comparingLong(PictureSize::pictures)
                        .reversed()
                        .thenComparingInt(PictureSize::width)
                        .thenComparingInt(PictureSize::height))
                .toList();
    }

    private static List<SplitCount> splits(List<Picture> pictures, Map<String, Split> splits) {
        Map<Split, List<Picture>> parts = pictures.stream()
                .filter(p -> splits.containsKey(p.name()))
                .collect(groupingBy(p -> splits.get(p.name()), TreeMap::new, toList()));
        return parts.entrySet().stream()
                .map(e -> new SplitCount(
                        e.getKey().name().toLowerCase(Locale.ROOT),
                        e.getValue().size(),
                        e.getValue().stream()
                                .flatMap(p -> p.annotations().stream())
                                .filter(Annotation::isObject)
                                .count()))
                .toList();
    }
}
