package io.hardmine.datasets.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Tells a JPEG file that lacks only its end marker from one that lacks pixels. */
final class JpegScans {
    private static final int EVERY = 64;

    private JpegScans() {}

    /**
     * The file's bytes, with an end marker. If they do not end with one, it is appended in place of trailing zeros,
     * which an interrupted copy leaves.
     */
    static byte[] closed(byte[] file) {
        int length = file.length;
        if (length > 1 && file[length - 2] == (byte) 0xFF && file[length - 1] == (byte) 0xD9) {
            return file;
        }
        while (length > 1 && file[length - 1] == 0 && file[length - 2] != (byte) 0xFF) {
            length--;
        }
        byte[] closed = Arrays.copyOf(file, length + 2);
        closed[length] = (byte) 0xFF;
        closed[length + 1] = (byte) 0xD9;
        return closed;
    }

    /**
     * Whether no pixel is missing. The file is decoded with an end marker: a decoder that meets the marker before it
     * has all pixels warns. OpenCV prints that warning to the error stream; Java's decoder hands it over.
     */
    static boolean areComplete(Path file) throws IOException {
        AtomicBoolean cut = new AtomicBoolean();
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        reader.addIIOReadWarningListener((source, warning) -> {
            if (warning.contains("premature end of data segment")) {
                cut.set(true);
            }
        });
        byte[] closed = closed(Files.readAllBytes(file));
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(closed))) {
            reader.setInput(in, true, true);
            ImageReadParam few = reader.getDefaultReadParam();
            few.setSourceSubsampling(EVERY, EVERY, 0, 0); // all of it is decoded, little of it kept
            reader.readRaster(0, few);
            return !cut.get();
        } catch (IIOException e) {
            return false;
        } finally {
            reader.dispose();
        }
    }
}
