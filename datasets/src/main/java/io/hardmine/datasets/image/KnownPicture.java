package io.hardmine.datasets.image;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Picture;
import org.opencv.core.Mat;

/** Decodes a data set's picture, whose file may have been replaced since the data was read. */
public final class KnownPicture {
    private KnownPicture() {}

    /**
     * Decodes a picture.
     *
     * @return as {@link PictureDecoder#decode}; the caller releases it
     * @throws DataException if it cannot be decoded, or no longer has the size that it had when the data was read
     */
    public static Mat decode(Picture picture) {
        Mat pixels = PictureDecoder.decode(picture.file());
        int width = pixels.cols();
        int height = pixels.rows();
        if (width != picture.width() || height != picture.height()) {
            pixels.release();
            throw new DataException(
                    "Picture %s now has %d x %d pixels, but had %d x %d when the data was read: its boxes no longer fit"
                            .formatted(picture.file(), width, height, picture.width(), picture.height()));
        }
        return pixels;
    }
}
