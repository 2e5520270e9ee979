package io.hardmine.datasets.image;

import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks of a picture's file, and the messages if they fail. */
final class PictureFile {
    static final String CUT_SHORT = "it is cut short";

    /** A longer file is refused: MAX_PIXELS of four channels of 16 bits, uncompressed, need no more. */
    private static final long MAX_BYTES = PictureDecoder.MAX_PIXELS * 8 + (1 << 20);

    private PictureFile() {}

    /**
     * Refuses a path that is not a regular file, and a file whose length rules out a picture. Opens nothing, because
     * opening a pipe would block.
     */
    static void requireReadable(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new DataException("Picture " + file + " does not exist. Check its path, or take it out of the data.");
        }
        if (!Files.isRegularFile(file)) {
            throw new DataException("Picture " + file + " is not a file. Give the path of a picture.");
        }
        long size = Files.size(file);
        if (size == 0) {
            throw broken(file, "it is empty (0 bytes)");
        }
        if (size > MAX_BYTES) {
            throw new DataException("Picture " + file + " has " + size + " bytes, more than the " + MAX_BYTES
                    + " that are read. Compress it, or take it out of the data.");
        }
    }

    static DataException unreadable(Path file, IOException cause) {
        return new DataException(
                "Picture " + file + " cannot be read: " + cause.getMessage()
                        + ". Check its permissions, or fetch it again.",
                cause);
    }

    static DataException unknownFormat(Path file) {
        return new DataException("Picture " + file
                + " is none of JPEG, PNG, BMP, TIFF and WebP. Convert it, or take it out of the data.");
    }

    static DataException broken(Path file, String what) {
        return new DataException(
                "Picture " + file + " is broken: " + what + ". Fetch it again, or take it out of the data.");
    }
}
