package io.hardmine.core.detection;

import io.hardmine.core.kernel.Shape;
import java.util.Arrays;
import java.util.function.Consumer;
import org.opencv.core.Mat;
import org.opencv.core.Rect;

/**
 * One input of a batch, to be painted on. Pixels become {@code (value / 255 − mean) / deviation} in RGB order, as in
 * {@link Preprocessing}.
 *
 * @param images the batch, plain NHWC; painting changes it
 * @param shape of the batch
 * @param index of the input in the batch, from 0
 */
public record InputCanvas(float[] images, Shape shape, int index) {
    /** Height of the input in pixels. */
    public int height() {
        return shape.height();
    }

    /** Width of the input in pixels. */
    public int width() {
        return shape.width();
    }

    /** Makes all of the input padding: 0. */
    public void clear() {
        int base = index * shape.perPicture();
        Arrays.fill(images, base, base + shape.perPicture(), 0);
    }

    /** The input's pixels as 8-bit BGR, row by row: the painted values, rounded to 8 bits. */
    public byte[] bgr() {
        byte[] bgr = new byte[shape.perPicture()];
        int base = index * shape.perPicture();
        for (int i = 0; i < bgr.length; i++) {
            int channel = i % 3;
            float value = images[base + i] * Preprocessing.DEVIATION[channel] + Preprocessing.MEAN[channel];
            bgr[i - channel + 2 - channel] = (byte) Math.round(255 * value);
        }
        return bgr;
    }

    /** Makes a part of the input padding: 0. */
    public void clear(Rect part) {
        for (int y = part.y; y < part.y + part.height; y++) {
            int from = index * shape.perPicture() + (y * width() + part.x) * 3;
            Arrays.fill(images, from, from + part.width * 3, 0);
        }
    }

    /** All of the input, in its pixels. */
    public Rect bounds() {
        return new Rect(0, 0, width(), height());
    }

    /**
     * Paints a picture over the present pixels. Parts outside of the input are cut off.
     *
     * @param picture 8-bit BGR
     * @param transform of the picture in the input
     */
    public void paint(Mat picture, ImageTransform transform) {
        paint(picture, transform, bounds(), pixels -> {});
    }

    /**
     * Paints a picture over the present pixels, in one tile of the input. Parts outside of the tile are cut off.
     *
     * @param picture 8-bit BGR
     * @param transform of the picture in the input
     * @param tile inside the input, in its pixels
     * @param change changes the pixels that are shown in place: 8-bit BGR, already resized
     */
    public void paint(Mat picture, ImageTransform transform, Rect tile, Consumer<Mat> change) {
        int x0 = Math.max(tile.x, transform.left());
        int y0 = Math.max(tile.y, transform.top());
        int x1 = Math.min(tile.x + tile.width, transform.left() + transform.width());
        int y1 = Math.min(tile.y + tile.height, transform.top() + transform.height());
        if (x1 <= x0 || y1 <= y0) {
            return;
        }
        byte[] bgr = new byte[(x1 - x0) * (y1 - y0) * 3];
        Mat resized = Preprocessing.resized(picture, transform);
        try {
            Mat seen = resized.submat(new Rect(x0 - transform.left(), y0 - transform.top(), x1 - x0, y1 - y0));
            Mat dense = seen.clone();
            try {
                change.accept(dense);
                dense.get(0, 0, bgr);
            } finally {
                dense.release();
                seen.release();
            }
        } finally {
            resized.release();
        }
        paint(bgr, x1 - x0, x0, y0, false);
    }

    /**
     * Paints a tile, already in the input's scale, over the present pixels.
     *
     * @param bgr 8-bit BGR, row by row; all of the tile must lie inside the input
     * @param width of the tile in pixels
     * @param left edge of the tile in the input, in pixels
     * @param top edge of the tile in the input, in pixels
     * @param mirrored whether left and right of the tile are exchanged
     */
    public void paint(byte[] bgr, int width, int left, int top, boolean mirrored) {
        float[] factor = new float[3];
        float[] offset = new float[3];
        for (int c = 0; c < 3; c++) {
            factor[c] = 1 / (255 * Preprocessing.DEVIATION[c]);
            offset[c] = -Preprocessing.MEAN[c] / Preprocessing.DEVIATION[c];
        }
        int height = bgr.length / (3 * width);
        int step = mirrored ? -3 : 3;
        int from = 0;
        for (int y = top; y < top + height; y++) {
            int to = index * shape.perPicture() + (y * width() + left + (mirrored ? width - 1 : 0)) * 3;
            for (int x = 0; x < width; x++, from += 3, to += step) {
                images[to] = (bgr[from + 2] & 0xff) * factor[0] + offset[0];
                images[to + 1] = (bgr[from + 1] & 0xff) * factor[1] + offset[1];
                images[to + 2] = (bgr[from] & 0xff) * factor[2] + offset[2];
            }
        }
    }
}
