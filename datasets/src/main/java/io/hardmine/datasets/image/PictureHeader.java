package io.hardmine.datasets.image;

import com.drew.imaging.FileType;
import com.drew.imaging.FileTypeDetector;
import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.bmp.BmpHeaderDirectory;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.jpeg.JpegDirectory;
import com.drew.metadata.jpeg.JpegReader;
import com.drew.metadata.png.PngDirectory;
import com.drew.metadata.webp.WebpDirectory;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a picture file says of itself before its pixels are decoded.
 *
 * @param rawWidth columns as stored, in pixels
 * @param rawHeight rows as stored, in pixels
 * @param orientation EXIF's (TIFF tag 274), 1 to 8: 1 is upright, 3 half a turn, 6 and 8 a quarter turn, 2, 4, 5 and 7
 *     are mirrored; 1 where the file does not say
 */
public record PictureHeader(int rawWidth, int rawHeight, int orientation) {
    /**
     * Reads the header of a JPEG, PNG, BMP, TIFF or WebP file.
     *
     * @throws DataException where the file is missing, empty or not such a picture
     */
    public static PictureHeader read(Path file) {
        try (InputStream in = PictureFile.open(file)) {
            return read(in, file);
        } catch (IOException e) {
            throw PictureFile.unreadable(file, e);
        }
    }

    /** Reads as far as the header goes. */
    static PictureHeader read(InputStream stream, Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(stream, 1 << 14);
        try {
            FileType type = FileTypeDetector.detectFileType(in);
            Metadata metadata =
                    switch (type) {
                        case Jpeg -> JpegMetadataReader.readMetadata(in, List.of(new JpegReader(), new ExifReader()));
                            // the detector takes TIFFs whose directory comes first for Sony's raw files, which are
                            // TIFFs too
                        case Tiff, Arw -> ImageMetadataReader.readMetadata(in, Files.size(file), FileType.Tiff);
                        case Png, Bmp, WebP -> ImageMetadataReader.readMetadata(in, Files.size(file), type);
                        default -> throw PictureFile.unknownFormat(file);
                    };
            return of(type, metadata, file);
        } catch (ImageProcessingException | MetadataException e) {
            throw PictureFile.broken(file, "its header does not make sense: " + e.getMessage());
        } catch (EOFException e) {
            throw PictureFile.broken(file, PictureFile.CUT_SHORT);
        }
    }

    private static PictureHeader of(FileType type, Metadata metadata, Path file) throws MetadataException {
        return switch (type) {
            case Jpeg -> of(
                    metadata, JpegDirectory.class, JpegDirectory.TAG_IMAGE_WIDTH, JpegDirectory.TAG_IMAGE_HEIGHT, file);
            case Png -> of(
                    metadata, PngDirectory.class, PngDirectory.TAG_IMAGE_WIDTH, PngDirectory.TAG_IMAGE_HEIGHT, file);
            case Bmp -> of(
                    metadata,
                    BmpHeaderDirectory.class,
                    BmpHeaderDirectory.TAG_IMAGE_WIDTH,
                    BmpHeaderDirectory.TAG_IMAGE_HEIGHT,
                    file);
            case WebP -> of(
                    metadata, WebpDirectory.class, WebpDirectory.TAG_IMAGE_WIDTH, WebpDirectory.TAG_IMAGE_HEIGHT, file);
            default -> of(
                    metadata,
                    ExifIFD0Directory.class,
                    ExifIFD0Directory.TAG_IMAGE_WIDTH,
                    ExifIFD0Directory.TAG_IMAGE_HEIGHT,
                    file);
        };
    }

    private static PictureHeader of(
            Metadata metadata, Class<? extends Directory> type, int widthTag, int heightTag, Path file)
            throws MetadataException {
        Directory size = metadata.getFirstDirectoryOfType(type);
        if (size == null) {
            throw PictureFile.broken(file, "its header ends before it tells the picture's size");
        }
        int width = size.getInt(widthTag);
        int height = Math.abs(size.getInt(heightTag)); // a BMP stored from the top down has a negative height
        if (width <= 0 || height <= 0) {
            throw PictureFile.broken(file, "its header tells a size of " + width + "x" + height + " pixels");
        }
        Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer orientation = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        boolean stated = orientation != null && orientation >= 1 && orientation <= 8;
        return new PictureHeader(width, height, stated ? orientation : 1);
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

    /** Whether left and right change places, after rows and columns did where the picture is turned. */
    boolean mirrorsX() {
        return orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
    }

    /** Whether top and bottom change places, after rows and columns did where the picture is turned. */
    boolean mirrorsY() {
        return orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    }
}
