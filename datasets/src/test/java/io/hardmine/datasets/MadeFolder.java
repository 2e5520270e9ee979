package io.hardmine.datasets;

import static java.util.stream.Collectors.toMap;

import io.hardmine.datasets.DataSummary.Kind;
import io.hardmine.datasets.loading.DatasetLoader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** A data folder that a test fills: pictures of 200 × 120 pixels, no two alike, and texts. */
record MadeFolder(Path root) {
    MadeFolder picture(String... names) throws IOException {
        for (String name : names) {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            BufferedImage image = new BufferedImage(200, 120, BufferedImage.TYPE_3BYTE_BGR);
            image.setRGB(0, 0, name.hashCode());
            ImageIO.write(image, "png", file.toFile());
        }
        return this;
    }

    MadeFolder text(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    LoadedDataset load() {
        return DatasetLoader.load(root, LoadOptions.defaults());
    }

    LoadedDataset load(String format) {
        return DatasetLoader.load(root, new LoadOptions(format, false));
    }

    LoadedDataset loadStrictly() {
        return DatasetLoader.load(root, new LoadOptions(null, true));
    }

    /** Boxes as {@code category x y width height}, in thousandths at most, by the pictures' names. */
    static Map<String, List<String>> boxes(LoadedDataset loaded) {
        List<String> names = loaded.dataset().categoryNames();
        return loaded.dataset().pictures().stream().collect(toMap(Picture::name, p -> p.annotations().stream()
                .map(a -> names.get(a.category()) + " " + text(a.box()))
                .toList()));
    }

    private static String text(Box box) {
        return "%s %s %s %s".formatted(text(box.x()), text(box.y()), text(box.width()), text(box.height()));
    }

    private static String text(double value) {
        double rounded = Math.rint(value * 1000) / 1000;
        return rounded == Math.rint(rounded) ? String.valueOf((long) rounded) : String.valueOf(rounded);
    }

    /** How often each kind was found. */
    static Map<Kind, Integer> findings(LoadedDataset loaded) {
        return loaded.summary().findings().stream()
                .collect(toMap(DataSummary.Finding::kind, DataSummary.Finding::count));
    }

    /** What was told of a kind. */
    static List<String> examples(LoadedDataset loaded, Kind kind) {
        return loaded.summary().findings().stream()
                .filter(f -> f.kind() == kind)
                .flatMap(f -> f.examples().stream())
                .toList();
    }
}
