package io.hardmine.mining.bootstrap;

import io.hardmine.core.training.Showing;
import java.util.Arrays;

/** A crop's grey levels on a coarse grid, to tell crops that show nearly the same. */
public final class Thumbnail {
    private static final int SIDE = 16;

    /** Mean difference of grey levels, of 255, up to which two crops are the same. */
    private static final double SAME = 4;

    private final byte[] grey;

    private Thumbnail(byte[] grey) {
        this.grey = grey;
    }

    static Thumbnail of(Showing.Crop crop) {
        byte[] grey = new byte[SIDE * SIDE];
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                grey[row * SIDE + column] = (byte) mean(crop, row, column);
            }
        }
        return new Thumbnail(grey);
    }

    private static int mean(Showing.Crop crop, int row, int column) {
        int top = row * crop.height() / SIDE;
        int bottom = Math.max(top + 1, (row + 1) * crop.height() / SIDE);
        int left = column * crop.width() / SIDE;
        int right = Math.max(left + 1, (column + 1) * crop.width() / SIDE);
        long sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int at = 3 * (y * crop.width() + left); at < 3 * (y * crop.width() + right); at++) {
                sum += crop.bgr()[at] & 0xff;
            }
        }
        return (int) (sum / (3L * (bottom - top) * (right - left)));
    }

    /** Whether both crops show nearly the same. */
    boolean isLike(Thumbnail other) {
        int sum = 0;
        for (int i = 0; i < grey.length && sum <= SAME * grey.length; i++) {
            sum += Math.abs((grey[i] & 0xff) - (other.grey[i] & 0xff));
        }
        return sum <= SAME * grey.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Thumbnail thumbnail && Arrays.equals(grey, thumbnail.grey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(grey);
    }
}
