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

    /** The noise at a pixel, in [0, 1]. */
    double at(int x, int y) {
        double column = x / stepX;
        double row = y / stepY;
        int left = (int) column;
        int top = (int) row;
        double across = ease(column - left);
        double down = ease(row - top);
        double upper = value(left, top) + (value(left + 1, top) - value(left, top)) * across;
        double lower = value(left, top + 1) + (value(left + 1, top + 1) - value(left, top + 1)) * across;
        return upper + (lower - upper) * down;
    }

    private double value(int column, int row) {
        return values[row % LATTICE * LATTICE + column % LATTICE];
    }

    private static double ease(double t) {
        return t * t * (3 - 2 * t);
    }
}
