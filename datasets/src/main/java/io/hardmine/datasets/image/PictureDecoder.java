package io.hardmine.datasets.image;

import io.hardmine.datasets.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * Picture files to pixels, as people are shown them. Grey pictures get three equal channels, of 16-bit ones the upper
 * eight bits stay, CMYK is turned to BGR, transparency is dropped (the colours below it show), of several pages the
 * first is taken.
 */
public final class PictureDecoder {
    /** More pixels than this are refused before they are decoded: 400 MB of memory, and far beyond a camera's picture. */
    public static final long MAX_PIXELS = 1L << 27;

    private PictureDecoder() {}

    /**
     * Decodes a JPEG, PNG, BMP, TIFF or WebP file.
     *
     * @return 8-bit BGR of {@link PictureHeader#shownWidth()} x {@link PictureHeader#shownHeight()} pixels; the caller
     *     releases it
     * @throws DataException where the file is missing, empty, cut short, not such a picture or too large
     */
    public static Mat decode(Path file) {
        OpenCv.load();
        byte[] bytes;
        PictureHeader header;
        try (InputStream in = PictureFile.open(file)) {
            bytes = in.readAllBytes();
            if (Truncation.isCutShort(bytes)) {
                throw PictureFile.broken(file, PictureFile.CUT_SHORT);
            }
            header = PictureHeader.read(new ByteArrayInputStream(bytes), file);
        } catch (IOException e) {
            throw PictureFile.unreadable(file, e);
        }
        long pixels = (long) header.rawWidth() * header.rawHeight();
        if (pixels > MAX_PIXELS) {
            throw new DataException("Picture " + file + " has " + header.rawWidth() + "x" + header.rawHeight()
                    + " pixels, more than the " + MAX_PIXELS
                    + " that are decoded. Cut it into parts or make it smaller.");
        }
        Mat raw = pixels(bytes, file);
        return isTiff(bytes) ? raw : shown(raw, header);
    }

    /** OpenCV turns TIFFs whatever it is told; elsewhere it leaves that to us, who know more formats' EXIF. */
    private static boolean isTiff(byte[] file) {
        return file[0] == 'I' && file[1] == 'I' || file[0] == 'M' && file[1] == 'M';
    }

    private static Mat pixels(byte[] bytes, Path file) {
        // not imread: its path is in the platform's narrow encoding, which loses names on Windows
        MatOfByte encoded = new MatOfByte(bytes);
        try {
            Mat decoded = Imgcodecs.imdecode(encoded, Imgcodecs.IMREAD_COLOR | Imgcodecs.IMREAD_IGNORE_ORIENTATION);
            if (decoded.empty()) {
                decoded.release();
                throw PictureFile.broken(file, "its pixels cannot be decoded");
            }
            return decoded;
        } catch (CvException e) {
            throw PictureFile.broken(file, "its pixels cannot be decoded");
        } finally {
            encoded.release();
        }
    }

    /** Turns and mirrors raw pixels to what is shown. */
    private static Mat shown(Mat raw, PictureHeader header) {
        if (header.isTurned()) {
            Mat turned = new Mat();
            Core.transpose(raw, turned);
            raw.release();
            return mirrored(turned, header);
        }
        return mirrored(raw, header);
    }

    private static Mat mirrored(Mat pixels, PictureHeader header) {
        if (header.mirrorsX() || header.mirrorsY()) {
            Core.flip(pixels, pixels, header.mirrorsX() && header.mirrorsY() ? -1 : header.mirrorsX() ? 1 : 0);
        }
        return pixels;
    }
}
