package io.hardmine.datasets.image;

import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a picture file's header states, read without decoding the pixels.
 *
 * @param rawWidth columns as stored, in pixels
 * @param rawHeight rows as stored, in pixels
 * @param orientation EXIF's (TIFF tag 274), 1 to 8: 1 is upright, 3 half a turn, 6 and 8 a quarter turn, 2, 4, 5 and 7
 *     are mirrored; 1 if the file has none
 */
public record PictureHeader(int rawWidth, int rawHeight, int orientation) {
    /** OpenCV's own bound on width and height. */
    private static final long MAX_SIDE = 1 << 20;

    /**
     * Reads the header of a JPEG, PNG, BMP, TIFF or WebP file, and checks that the file contains the data that the
     * header claims. Files that {@link PictureDecoder} refuses are refused here too, as far as that is possible without
     * decoding the pixels. Memory does not depend on the file.
     *
     * @throws DataException if the file is missing, empty, cut short, not such a picture, or has more than {@link
     *     PictureDecoder#MAX_PIXELS} pixels
     */
    public static PictureHeader read(Path file) {
        try (PictureBytes in = PictureBytes.open(file)) {
            return read(in);
        } catch (EOFException e) {
            throw PictureFile.broken(file, PictureFile.CUT_SHORT);
        } catch (IOException e) {
            throw PictureFile.unreadable(file, e);
        }
    }

    private static PictureHeader read(PictureBytes in) throws IOException {
        if (JpegFile.isOne(in)) {
            return JpegFile.header(in);
        }
        if (PngFile.isOne(in)) {
            return PngFile.header(in);
        }
        if (WebpFile.isOne(in)) {
            return WebpFile.header(in);
        }
        if (TiffFile.isOne(in)) {
            return TiffFile.header(in);
        }
        if (BmpFile.isOne(in)) {
            return BmpFile.header(in);
        }
        throw PictureFile.unknownFormat(in.file());
    }

    /** A header whose size can be decoded. */
    static PictureHeader checked(PictureBytes in, long width, long height, int orientation) {
        if (width <= 0 || height <= 0) {
            throw in.broken("its header states a size of " + width + "x" + height + " pixels");
        }
        if (width > MAX_SIDE || height > MAX_SIDE || width * height > PictureDecoder.MAX_PIXELS) {
            throw new DataException("Picture " + in.file() + " has " + width + "x" + height + " pixels, more than the "
                    + PictureDecoder.MAX_PIXELS + " that are decoded. Cut it into parts or make it smaller.");
        }
        return new PictureHeader((int) width, (int) height, orientation);
    }

    /** Columns as shown, after the rotation that the orientation asks for. */
    public int shownWidth() {
        return isTurned() ? rawHeight : rawWidth;
    }

    /** Rows as shown, after the rotation that the orientation asks for. */
    public int shownHeight() {
        return isTurned() ? rawWidth : rawHeight;
    }

    /** Whether width and height change places between the stored and the shown picture. */
    public boolean isTurned() {
        return orientation >= 5;
    }

    /** A box given in pixels of the stored picture, in pixels of the shown one. */
    public Box toShown(Box raw) {
        Box box = isTurned() ? new Box(raw.y(), raw.x(), raw.height(), raw.width()) : raw;
        return new Box(
                mirrorsX() ? shownWidth() - box.right() : box.x(),
                mirrorsY() ? shownHeight() - box.bottom() : box.y(),
                box.width(),
                box.height());
    }

    /** Whether left and right change places, after rows and columns have been exchanged if the picture is turned. */
    boolean mirrorsX() {
        return orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
    }

    /** Whether top and bottom change places, after rows and columns have been exchanged if the picture is turned. */
    boolean mirrorsY() {
        return orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    }
}
