package io.hardmine.datasets;

import io.hardmine.datasets.loading.DatasetLoader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small data folders for tests, and what was read of them. */
final class DataFiles {
    private DataFiles() {}

    /** A picture of 200 × 120 pixels, with a content of its own. */
    static void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(200, 120, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(0, 0, new Random(file.hashCode()).nextInt(1 << 24));
        ImageIO.write(image, "png", file.toFile());
    }

    static void text(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    static LoadedDataset load(Path folder) {
        return DatasetLoader.load(folder, LoadOptions.defaults());
    }

    static LoadedDataset loadStrictly(Path folder) {
        return DatasetLoader.load(folder, new LoadOptions(null, true));
    }

    static List<String> names(LoadedDataset loaded) {
        return loaded.dataset().pictures().stream().map(Picture::name).toList();
    }

    /** The boxes of the picture of that name. */
    static List<Box> boxes(LoadedDataset loaded, String name) {
        return loaded.dataset().pictures().stream()
                .filter(p -> p.name().equals(name))
                .flatMap(p -> p.annotations().stream())
                .map(Annotation::box)
                .toList();
    }

    /** The finding of a kind. */
    static DataSummary.Finding finding(LoadedDataset loaded, DataSummary.Kind kind) {
        return loaded.summary().findings().stream()
                .filter(f -> f.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        kind + " is not in " + loaded.summary().text()));
    }
}
