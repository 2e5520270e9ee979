package io.hardmine.core.kernel.onednn;

import java.nio.FloatBuffer;

/**
 * Transforms 3 × 3 weights, plain [3, 3, in · out], to the 36 points of Winograd's transform, [36, in · out], and
 * gradients from these points back. Its arrays are for one thread at a time.
 */
final class WeightTransform {
    /** Numbers that are transformed at once. */
    static final int LENGTH = 512;

    private static final int KERNEL = 3;
    private static final int SIDE = 6;

    private final float[][][] points = new float[SIDE][SIDE][LENGTH];
    private final float[][][] half = new float[SIDE][SIDE][LENGTH];

    /**
     * Transforms at most {@link #LENGTH} of the {@code of} = in · out weights, from {@code at} on; {@code turned}
     * rotates each 3 × 3 window by 180°.
     */
    void forward(FloatBuffer weights, FloatBuffer to, int at, int of, boolean turned) {
        int n = Math.min(LENGTH, of - at);
        for (int k = 0; k < KERNEL * KERNEL; k++) {
            int plane = turned ? KERNEL * KERNEL - 1 - k : k;
            weights.get(plane * of + at, points[k / KERNEL][k % KERNEL], 0, n);
        }
        for (int column = 0; column < KERNEL; column++) {
            WinogradLoops.weights(column(points, column), column(half, column), n);
        }
        for (int r = 0; r < SIDE; r++) {
            WinogradLoops.weights(half[r], points[r], n);
            for (int column = 0; column < SIDE; column++) {
                to.put((r * SIDE + column) * of + at, points[r][column], 0, n);
            }
        }
    }

    /**
     * Transforms at most {@link #LENGTH} of the {@code of} = in · out gradients by weights back, from {@code at} on.
     * The points are spread evenly over the buffers {@code from}.
     */
    void backward(FloatBuffer[] from, FloatBuffer gradient, int at, int of) {
        int n = Math.min(LENGTH, of - at);
        int each = SIDE * SIDE / from.length;
        for (int p = 0; p < SIDE * SIDE; p++) {
            from[p / each].get(p % each * of + at, points[p / SIDE][p % SIDE], 0, n);
        }
        for (int column = 0; column < SIDE; column++) {
            WinogradLoops.weightGradient(column(points, column), column(half, column), n);
        }
        for (int r = 0; r < KERNEL; r++) {
            WinogradLoops.weightGradient(half[r], points[r], n);
            for (int column = 0; column < KERNEL; column++) {
                gradient.put((r * KERNEL + column) * of + at, points[r][column], 0, n);
            }
        }
    }

    private static float[][] column(float[][][] rows, int column) {
        float[][] of = new float[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            of[r] = rows[r][column];
        }
        return of;
    }
}
