package io.hardmine.datasets.image;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.file.FileTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pictures of a folder and of all folders below it, recognized by the endings of their names. Links are followed,
 * hidden files are left out.
 *
 * @param pictures that can be read, sorted by path
 * @param otherFormats pictures of formats that are not read, sorted by path
 */
public record PictureFolder(List<Path> pictures, List<Path> otherFormats) {
    private static final List<String> ENDINGS = List.of(
            "jpg", "jpeg", "jpe", "jfif", "mpo", "png", "bmp", "webp", "tif", "tiff"); // jfif and mpo are JPEG files
    private static final Set<String> OTHER_FORMATS = Set.of(
            "gif", "apng", "avif", "heic", "heif", "hif", "jp2", "j2k", "jpx", "jxl", "jxr", "svg", "psd", "xcf", "ico",
            "tga", "pcx", "pbm", "pgm", "ppm", "pnm", "exr", "hdr", "dds", "dcm", "dib", "fits", "raw", "dng", "cr2",
            "cr3", "crw", "nef", "arw", "srf", "orf", "rw2", "raf", "pef");

    /** Copies the lists. */
    public PictureFolder {
        pictures = List.copyOf(pictures);
        otherFormats = List.copyOf(otherFormats);
    }

    /** Whether the name is that of a picture that can be read. */
    public static boolean isPicture(Path file) {
        return isPicture(file.getFileName().toString());
    }

    /** Whether the name is that of a picture that can be read. */
    public static boolean isPicture(String name) {
        return ENDINGS.contains(ending(name));
    }

    /**
     * Lists a folder's pictures.
     *
     * @param folder an existing folder, or a link to one
     * @throws DataException if there is no picture that can be read, a folder cannot be read, or a link leads in a
     *     circle
     */
    public static PictureFolder of(Path folder) {
        List<Path> found = FileTree.files(
                folder,
                f -> isPicture(f)
                        || OTHER_FORMATS.contains(ending(f.getFileName().toString())));
        PictureFolder inside = new PictureFolder(
                found.stream().filter(PictureFolder::isPicture).toList(),
                found.stream().filter(f -> !isPicture(f)).toList());
        if (inside.pictures().isEmpty()) {
            throw new DataException("%s holds no picture (.%s)%s"
                    .formatted(
                            folder,
                            String.join(", .", ENDINGS),
                            inside.otherFormats().isEmpty() ? "" : "; " + inside.othersInWords()));
        }
        return inside;
    }

    /** Number of skipped pictures and the endings of their names: {@code 3 files of other formats: avif, gif}. */
    public String othersInWords() {
        return "%d %s: %s"
                .formatted(
                        otherFormats.size(),
                        otherFormats.size() == 1 ? "file of another format" : "files of other formats",
                        otherFormats.stream()
                                .map(p -> ending(p.getFileName().toString()))
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(", ")));
    }

    private static String ending(String name) {
        return name.contains(".") ? name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT) : "";
    }
}
