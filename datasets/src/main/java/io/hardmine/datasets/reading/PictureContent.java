package io.hardmine.datasets.reading;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.file.FileFault;
import io.hardmine.datasets.image.PictureHeader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The content of a picture's file.
 *
 * @param file path of the file
 * @param header null if the file cannot be read as a picture
 * @param hash SHA-256 in hexadecimal; null if the file cannot be read as a picture
 * @param fault why it cannot be read; null if it can
 */
record PictureContent(Path file, PictureHeader header, String hash, String fault) {
    /** Reads the whole file. A file that cannot be read as a picture gives a fault, not an exception. */
    static PictureContent read(Path file) {
        try {
            return new PictureContent(file, PictureHeader.read(file), ContentHash.of(file), null);
        } catch (DataException e) {
            return new PictureContent(file, null, null, e.getMessage());
        } catch (IOException e) {
            return new PictureContent(file, null, null, FileFault.of(file, e).getMessage());
        }
    }
}
