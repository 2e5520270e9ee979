package io.hardmine.cli.gallery;

import io.hardmine.core.training.PictureCrop;
import io.hardmine.datasets.image.Png;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A crop's pixels as an image. */
final class CropImage {
    private CropImage() {}

    static BufferedImage of(PictureCrop crop) {
        BufferedImage image = new BufferedImage(crop.width(), crop.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        System.arraycopy(crop.bgr(), 0, pixels, 0, pixels.length);
        return image;
    }

    static byte[] png(BufferedImage image) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            Png.write(image, png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }
}
