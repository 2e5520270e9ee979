package io.hardmine.cli.gallery;

import io.hardmine.datasets.Box;
import io.hardmine.mining.bootstrap.CropPng;
import io.hardmine.mining.bootstrap.HardExample;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A hard negative as pages show it.
 *
 * @param rank counted from 1, the hardest
 * @param category class that fired; "random" for a random crop
 * @param score of the present detector; empty for a random crop
 * @param picture name of the picture
 * @param region of the crop, [x, y, width, height] in pixels of the picture
 * @param fired the box that fired, in the same form; empty for a random crop
 * @param png {@code data:} address of the pixels that the network saw
 * @param width of the crop, in pixels
 * @param height of the crop, in pixels
 * @param outline the box that fired, in pixels of the crop; null for a random crop
 */
public record Card(
        int rank,
        String category,
        String score,
        String picture,
        String region,
        String fired,
        String png,
        int width,
        int height,
        Box outline) {
    static List<Card> of(List<HardExample> examples, List<String> categories) {
        return IntStream.range(0, examples.size())
                .mapToObj(i -> of(i + 1, examples.get(i), categories))
                .toList();
    }

    private static Card of(int rank, HardExample example, List<String> categories) {
        return new Card(
                rank,
                category(example, categories),
                example.category() < 0 ? "" : number("%.3f", example.scoreNow()),
                example.picture(),
                text(example.region()),
                example.fired() == null ? "" : text(example.fired()),
                "data:image/png;base64," + Base64.getEncoder().encodeToString(CropPng.encode(example.crop())),
                example.crop().width(),
                example.crop().height(),
                outline(example));
    }

    /** The card in words, for those who cannot see the picture. */
    public String label() {
        return score.isEmpty()
                ? "random crop of %s".formatted(picture)
                : "%s, score %s, in %s".formatted(category, score, picture);
    }

    static String category(HardExample example, List<String> categories) {
        return example.category() < 0 ? "random" : categories.get(example.category());
    }

    /** The box that fired, in pixels of the crop; null for a random crop. */
    static Box outline(HardExample example) {
        if (example.fired() == null) {
            return null;
        }
        double horizontal = example.crop().width() / example.region().width();
        double vertical = example.crop().height() / example.region().height();
        return example.fired()
                .translate(-example.region().x(), -example.region().y())
                .scale(horizontal, vertical);
    }

    private static String text(Box box) {
        return number("[%.1f, %.1f, %.1f, %.1f]", box.x(), box.y(), box.width(), box.height());
    }

    private static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
