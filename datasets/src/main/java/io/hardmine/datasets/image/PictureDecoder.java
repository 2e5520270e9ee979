package io.hardmine.datasets.image;

import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * Decodes picture files to the pixels that viewers show. Gray pictures get three equal channels, and CMYK is converted
 * to BGR. 16-bit channels keep their upper eight bits. Transparency is dropped: the colors below it show. The first of
 * several pages is decoded.
 */
public final class PictureDecoder {
    /** Pictures with more pixels are refused before decoding: they would need over 400 MB, and no camera makes them. */
    public static final long MAX_PIXELS = 1L << 27;

    private PictureDecoder() {}

    /**
     * Decodes a JPEG, PNG, BMP, TIFF or WebP file.
     *
     * @return 8-bit BGR of {@link PictureHeader#shownWidth()} x {@link PictureHeader#shownHeight()} pixels; the caller
     *     releases it
     * @throws DataException if the file is missing, empty, cut short, not such a picture or too large, or its size is
     *     not the one in its header
     */
    public static Mat decode(Path file) {
        PictureHeader header = PictureHeader.read(file);
        Mat picture = shown(file, header, Imgcodecs.IMREAD_COLOR);
        if (picture.cols() != header.shownWidth() || picture.rows() != header.shownHeight()) {
            String size = picture.cols() + "x" + picture.rows();
            picture.release();
            throw PictureFile.broken(
                    file,
                    "its header states a size of " + header.shownWidth() + "x" + header.shownHeight()
                            + " pixels, but it has " + size);
        }
        return picture;
    }

    /**
     * Decodes a picture to gray. A large one is reduced to a half, a quarter or an eighth of its size, which is much
     * faster for JPEG.
     *
     * @param least least length of both sides of the result, unless they are shorter in the file
     * @return 8-bit gray pixels; the caller releases it
     * @throws DataException as {@link #decode}
     */
    public static Mat gray(Path file, int least) {
        PictureHeader header = PictureHeader.read(file);
        int times = Math.min(header.rawWidth(), header.rawHeight()) / least;
        int reduced = times >= 8
                ? Imgcodecs.IMREAD_REDUCED_GRAYSCALE_8
                : times >= 4
                        ? Imgcodecs.IMREAD_REDUCED_GRAYSCALE_4
                        : times >= 2 ? Imgcodecs.IMREAD_REDUCED_GRAYSCALE_2 : Imgcodecs.IMREAD_GRAYSCALE;
        return shown(file, header, reduced);
    }

    private static Mat shown(Path file, PictureHeader header, int mode) {
        OpenCv.load();
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw PictureFile.unreadable(file, e);
        }
        Mat raw = pixels(closed(bytes), mode, file);
        return isTiff(bytes) ? raw : turned(raw, header);
    }

    /** The bytes, with the end marker that a cut file lacks. */
    private static byte[] closed(byte[] file) {
        if (isJpeg(file)) {
            return JpegScans.closed(file);
        }
        return PngFile.isOne(file) ? PngFile.closed(file) : file;
    }

    private static boolean isJpeg(byte[] file) {
        return file[0] == (byte) 0xFF;
    }

    /**
     * OpenCV always applies a TIFF's orientation. For other formats this class does, because it reads the EXIF data of
     * more formats.
     */
    private static boolean isTiff(byte[] file) {
        return file[0] == 'I' && file[1] == 'I' || file[0] == 'M' && file[1] == 'M';
    }

    private static Mat pixels(byte[] bytes, int mode, Path file) {
        // not imread: its path is in the platform's narrow encoding, which loses names on Windows
        MatOfByte encoded = new MatOfByte(bytes);
        try {
            Mat decoded = Imgcodecs.imdecode(encoded, mode | Imgcodecs.IMREAD_IGNORE_ORIENTATION);
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

    /** Rotates and mirrors raw pixels as the orientation demands. */
    private static Mat turned(Mat raw, PictureHeader header) {
        if (header.isTurned()) {
            Mat transposed = new Mat();
            Core.transpose(raw, transposed);
            raw.release();
            return mirrored(transposed, header);
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
