package io.hardmine.datasets.image;

import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens picture files, and words what can be wrong with them. */
final class PictureFile {
    static final String CUT_SHORT = "it is cut short";

    private PictureFile() {}

    static InputStream open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new DataException("Picture " + file + " does not exist. Check its path, or take it out of the data.");
        }
        if (!Files.isRegularFile(file)) {
            throw new DataException("Picture " + file + " is not a file. Give the path of a picture.");
        }
        if (Files.size(file) == 0) {
            throw broken(file, "it is empty (0 bytes)");
        }
        return Files.newInputStream(file);
    }

    static DataException unreadable(Path file, IOException cause) {
        return new DataException(
                "Picture " + file + " cannot be read: " + cause.getMessage()
                        + ". Check its permissions, or fetch it anew.",
                cause);
    }

    static DataException unknownFormat(Path file) {
        return new DataException("Picture " + file
                + " is none of JPEG, PNG, BMP, TIFF and WebP. Convert it, or take it out of the data.");
    }

    static DataException broken(Path file, String what) {
        return new DataException(
                "Picture " + file + " is broken: " + what + ". Fetch it anew, or take it out of the data.");
    }
}
