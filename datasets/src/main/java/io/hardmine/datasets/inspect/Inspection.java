package io.hardmine.datasets.inspect;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.datasets.inspect.Distribution.Bin;
import io.hardmine.datasets.inspect.Distribution.Quantile;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What a data set holds. An object is an annotation that is neither crowd nor ignored; all fields except {@code crowd}
 * and {@code ignored} count objects.
 *
 * @param name the data set's
 * @param pictures number of pictures
 * @param picturesWithoutBoxes pictures with no annotation at all
 * @param objects in all categories
 * @param crowd regions of many objects
 * @param ignored regions that are neither object nor background, crowd left out
 * @param difficult objects with Pascal VOC's flag
 * @param objectsPerPicture over all pictures; its first bin counts pictures without objects
 * @param aspectRatio of objects, width by height
 * @param pictureShare of objects, box area by picture area, in [0, 1]
 * @param categories in class-index order
 * @param pictureSizes the most frequent first
 * @param splits that the data set gives, in the order training, validation, test
 */
public record Inspection(
        String name,
        int pictures,
        int picturesWithoutBoxes,
        long objects,
        long crowd,
        long ignored,
        long difficult,
        Distribution objectsPerPicture,
        Distribution aspectRatio,
        Distribution pictureShare,
        List<CategoryCount> categories,
        List<PictureSize> pictureSizes,
        List<SplitCount> splits) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final int SIZES_SHOWN = 5;

    /** Copies the lists. */
    public Inspection {
        categories = List.copyOf(categories);
        pictureSizes = List.copyOf(pictureSizes);
        splits = List.copyOf(splits);
    }

    /**
     * One category's objects.
     *
     * @param name the category's
     * @param pictures number of pictures that have such an object
     * @param objects in all sizes
     * @param small see {@link SizeClass}
     * @param medium see {@link SizeClass}
     * @param large see {@link SizeClass}
     * @param aspectRatio width by height
     * @param pictureShare box area by picture area, in [0, 1]
     */
    public record CategoryCount(
            String name,
            long pictures,
            long objects,
            long small,
            long medium,
            long large,
            Distribution aspectRatio,
            Distribution pictureShare) {}

    /**
     * A size that pictures have.
     *
     * @param width in pixels, as shown
     * @param height in pixels, as shown
     * @param pictures number of pictures of this size
     */
    public record PictureSize(int width, int height, long pictures) {}

    /**
     * A part of the data set.
     *
     * @param name {@code train}, {@code validation} or {@code test}
     * @param pictures number of pictures in the part
     * @param objects number of objects in its pictures
     */
    public record SplitCount(String name, long pictures, long objects) {}

    /** The inspection as JSON; fields have the names of the record components, in snake_case. */
    public ObjectNode toJson() {
        return MAPPER.valueToTree(this);
    }

    /** The inspection for a terminal, about 100 columns wide, lines ending in '\n'. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        line(text, "%s: %d pictures (%d without boxes), %d objects", name, pictures, picturesWithoutBoxes, objects);
        if (crowd + ignored + difficult > 0) {
            line(text, "besides: %d crowd regions, %d ignored; %d objects are difficult", crowd, ignored, difficult);
        }
        line(text, "splits: %s", splitsInWords());
        line(text, "picture sizes: %s%s", shownSizes(), moreSizes());
        line(text, "");
        int widest = Math.max(
                8, categories.stream().mapToInt(c -> c.name().length()).max().orElse(0));
        String columns = "%-" + widest + "s %8s %8s %8s %8s %8s  %-22s %s";
        line(
                text,
                columns,
                "category",
                "pictures",
                "objects",
                "small",
                "medium",
                "large",
                "width:height",
                "% of picture");
        for (CategoryCount c : categories) {
            line(
                    text,
                    columns,
                    c.name(),
                    c.pictures(),
                    c.objects(),
                    c.small(),
                    c.medium(),
                    c.large(),
                    middle(c.aspectRatio(), 1),
                    middle(c.pictureShare(), 100));
        }
        line(
                text,
                columns,
                "all",
                picturesWithObjects(),
                objects,
                sum(CategoryCount::small),
                sum(CategoryCount::medium),
                sum(CategoryCount::large),
                middle(aspectRatio, 1),
                middle(pictureShare, 100));
        line(text, "small: area below 32x32 pixels; large: from 96x96; the last columns: median (10 %% to 90 %%)");
        line(text, "");
        line(text, "objects per picture: %s", histogram(objectsPerPicture, Inspection::wholeNumbers));
        line(text, "width:height:        %s", histogram(aspectRatio, Inspection::span));
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    private String splitsInWords() {
        return splits.isEmpty()
                ? "none are given"
                : splits.stream()
                        .map(s -> "%s %d pictures with %d objects".formatted(s.name(), s.pictures(), s.objects()))
                        .collect(Collectors.joining(", "));
    }

    private String shownSizes() {
        return pictureSizes.stream()
                .limit(SIZES_SHOWN)
                .map(s -> s.width() + "x" + s.height() + " (" + s.pictures() + ")")
                .collect(Collectors.joining(", "));
    }

    private String moreSizes() {
        int more = pictureSizes.size() - SIZES_SHOWN;
        return more > 0 ? " and " + more + " more" : "";
    }

    private long sum(ToLongFunction<CategoryCount> count) {
        return categories.stream().mapToLong(count).sum();
    }

    private long picturesWithObjects() {
        return pictures - objectsPerPicture.histogram().get(0).count();
    }

    private static String middle(Distribution values, double factor) {
        if (values.quantiles().isEmpty()) {
            return "-";
        }
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f to %.2f)",
                factor * at(values, 0.5),
                factor * at(values, 0.1),
                factor * at(values, 0.9));
    }

    private static double at(Distribution values, double share) {
        return values.quantiles().stream()
                .filter(q -> q.share() == share)
                .mapToDouble(Quantile::value)
                .findFirst()
                .orElseThrow();
    }

    private static String histogram(Distribution values, Function<Bin, String> words) {
        return values.histogram().stream()
                .filter(b -> b.count() > 0)
                .map(b -> words.apply(b) + ": " + b.count())
                .collect(Collectors.joining(", "));
    }

    private static String span(Bin bin) {
        if (bin.to() == null) {
            return "from " + number(bin.from());
        }
        return (bin.from() == 0 ? "below " : number(bin.from()) + " to below ") + number(bin.to());
    }

    /** A bin of whole numbers, in words. The upper end is not part of the bin. */
    private static String wholeNumbers(Bin bin) {
        if (bin.to() == null || bin.to() == bin.from() + 1) {
            return (bin.to() == null ? "from " : "") + number(bin.from());
        }
        return number(bin.from()) + " to " + number(bin.to() - 1);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
