package io.hardmine.datasets.reading;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.file.FileFault;
import io.hardmine.datasets.image.PictureHeader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a picture's file holds.
 *
 * @param file where it lies
 * @param header null if the file cannot be read as a picture
 * @param hash SHA-256 in hexadecimal; null if the file cannot be read as a picture
 * @param fault why it cannot be read; null if it can
 */
record PictureContent(Path file, PictureHeader header, String hash, String fault) {
    /** Reads the whole file. */
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
