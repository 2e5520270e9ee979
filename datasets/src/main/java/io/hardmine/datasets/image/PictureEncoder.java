package io.hardmine.datasets.image;

import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/** Pixels to picture files. */
public final class PictureEncoder {
    private PictureEncoder() {}

    /**
     * Writes a picture.
     *
     * @param pixels 8-bit BGR
     * @param format ending of the format's files, such as {@code .png}
     * @param file written over if it exists; its folder is made if missing
     * @throws DataException where it cannot be written
     */
    public static void write(Mat pixels, String format, Path file) {
        MatOfByte encoded = new MatOfByte();
        try {
            // not imwrite, which loses names that the platform's narrow encoding has no letters for
            Imgcodecs.imencode(format, pixels, encoded);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, encoded.toArray());
        } catch (IOException e) {
            throw new DataException(
                    "The picture %s cannot be written: %s. Check permissions and free space, or give another place."
                            .formatted(file, e.getMessage()),
                    e);
        } finally {
            encoded.release();
        }
    }
}
