package io.hardmine.datasets.sample;

/** Smooth value noise: random values on a lattice, interpolated between. */
final class Noise {
    private static final int LATTICE = 64;

    private final double[] values = new double[LATTICE * LATTICE];
    private final double stepX;
    private final double stepY;

    /** Noise with the given distance between lattice points, in pixels. */
    Noise(Rng dice, double stepX, double stepY) {
        this.stepX = stepX;
        this.stepY = stepY;
        for (int i = 0; i < values.length; i++) {
            values[i] = dice.between(0, 1);
        }
    }

    /** The noise at the pixels of a row, in [0, 1]. */
    void row(int y, double[] into) {
        double row = y / stepY;
        int top = (int) row;
        double down = ease(row - top);
        for (int x = 0; x < into.length; x++) {
            double column = x / stepX;
            int left = (int) column;
            double across = ease(column - left);
            double upper = value(left, top) + (value(left + 1, top) - value(left, top)) * across;
            double lower = value(left, top + 1) + (value(left + 1, top + 1) - value(left, top + 1)) * across;
            into[x] = upper + (lower - upper) * down;
        }
    }

    private double value(int column, int row) {
        return values[row % LATTICE * LATTICE + column % LATTICE];
    }

    private static double ease(double t) {
        return t * t * (3 - 2 * t);
    }
}
