package io.hardmine.datasets.image;

import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Folders of pictures, which are told by the endings of their names. */
public final class PictureFolder {
    private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff");

    private PictureFolder() {}

    /** Whether the name is a picture's. */
    public static boolean isPicture(Path file) {
        return isPicture(file.getFileName().toString());
    }

    /** Whether the name is a picture's. */
    public static boolean isPicture(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(lower::endsWith);
    }

    /**
     * All pictures in a folder and those inside of it, by name.
     *
     * @throws DataException where there are none, or the folder cannot be read
     */
    public static List<Path> pictures(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> pictures = files.filter(PictureFolder::isPicture)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            if (pictures.isEmpty()) {
                throw new DataException("%s holds no picture (%s)".formatted(folder, String.join(", ", ENDINGS)));
            }
            return pictures;
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
