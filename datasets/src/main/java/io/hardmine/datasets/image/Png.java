package io.hardmine.datasets.image;

import java.awt.image.RenderedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes images as PNG without the temporary files that ImageIO's own streams leave behind if they fail. */
public final class Png {
    private Png() {}

    /** Writes the image to the stream, which stays open. */
    public static void write(RenderedImage image, OutputStream to) throws IOException {
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(to)) {
            ImageIO.write(image, "png", out);
        }
    }
}
