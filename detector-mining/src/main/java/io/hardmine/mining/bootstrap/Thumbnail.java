package io.hardmine.mining.bootstrap;

import io.hardmine.core.training.PictureCrop;
import java.util.Arrays;

/** A crop's gray levels on a coarse grid, to recognize crops that show nearly the same. */
public final class Thumbnail {
    private static final int SIDE = 16;

    /** Mean difference of gray levels, of 255, up to which two crops are the same. */
    private static final double SAME = 4;

    private final byte[] gray;

    private Thumbnail(byte[] gray) {
        this.gray = gray;
    }

    static Thumbnail of(PictureCrop crop) {
        byte[] gray = new byte[SIDE * SIDE];
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                gray[row * SIDE + column] = (byte) mean(crop, row, column);
            }
        }
        return new Thumbnail(gray);
    }

    private static int mean(PictureCrop crop, int row, int column) {
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
        for (int i = 0; i < gray.length && sum <= SAME * gray.length; i++) {
            sum += Math.abs((gray[i] & 0xff) - (other.gray[i] & 0xff));
        }
        return sum <= SAME * gray.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Thumbnail thumbnail && Arrays.equals(gray, thumbnail.gray);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(gray);
    }
}
