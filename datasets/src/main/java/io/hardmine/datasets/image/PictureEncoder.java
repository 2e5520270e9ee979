package io.hardmine.datasets.image;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/** Writes pixels to picture files. */
public final class PictureEncoder {
    private static final List<String> FORMATS =
            List.of(".jpg", ".jpeg", ".jpe", ".png", ".bmp", ".webp", ".tif", ".tiff");

    private PictureEncoder() {}

    /** Whether pictures can be written in the format that the file's name ends with. */
    public static boolean isFormat(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return FORMATS.stream().anyMatch(name::endsWith);
    }

    /**
     * Writes a picture; the file exists whole or not at all.
     *
     * @param pixels 8-bit BGR
     * @param format ending of the format's files, such as {@code .png}
     * @param file replaced if it exists; its folder is created if missing
     * @throws DataException if it cannot be written, or is too large for the format
     */
    public static void write(Mat pixels, String format, Path file) {
        try {
            // not imwrite, which loses names that the platform's narrow encoding has no letters for
            byte[] content = encode(pixels, format);
            AtomicFile.write(file, out -> out.write(content));
        } catch (IOException e) {
            throw new DataException(
                    "The picture %s cannot be written: %s. Check permissions and free space, or give another place."
                            .formatted(file, e.getMessage()),
                    e);
        } catch (CvException e) {
            throw new DataException(
                    "The picture %s cannot be written: a %s file holds no picture of %dx%d pixels"
                            .formatted(file, format, pixels.cols(), pixels.rows()),
                    e);
        }
    }

    /**
     * A picture as the content of a file.
     *
     * @param bgr 8-bit blue, green and red of each pixel, in rows
     * @param format ending of the format's files, such as {@code .png}
     * @throws DataException if OpenCV's native library cannot be loaded
     * @throws CvException if the picture is too large for the format
     */
    public static byte[] encode(int width, int height, byte[] bgr, String format) {
        OpenCv.load();
        Mat pixels = new Mat(height, width, CvType.CV_8UC3);
        try {
            pixels.put(0, 0, bgr);
            return encode(pixels, format);
        } finally {
            pixels.release();
        }
    }

    private static byte[] encode(Mat pixels, String format) {
        MatOfByte encoded = new MatOfByte();
        try {
            Imgcodecs.imencode(format, pixels, encoded);
            return encoded.toArray();
        } finally {
            encoded.release();
        }
    }
}
