package io.hardmine.mining.bootstrap;

import io.hardmine.core.training.PictureCrop;
import io.hardmine.datasets.image.PictureDecoder;
import io.hardmine.datasets.image.PictureEncoder;
import java.nio.file.Path;
import org.opencv.core.Mat;

/** Writes a crop's pixels as PNG, which is lossless, and reads them. */
public final class CropPng {
    private CropPng() {}

    /** The crop as the content of a PNG file. */
    public static byte[] encode(PictureCrop crop) {
        return PictureEncoder.encode(crop.width(), crop.height(), crop.bgr(), ".png");
    }

    /**
     * Reads the crop in a file.
     *
     * @param picture name of the picture that it was cut from
     * @throws io.hardmine.datasets.DataException if the file cannot be read
     */
    static PictureCrop read(Path file, String picture) {
        Mat pixels = PictureDecoder.decode(file);
        try {
            byte[] bgr = new byte[3 * pixels.rows() * pixels.cols()];
            pixels.get(0, 0, bgr);
            return new PictureCrop(picture, pixels.cols(), pixels.rows(), bgr);
        } finally {
            pixels.release();
        }
    }
}
