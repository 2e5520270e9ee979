package io.hardmine.cli.explain;

import java.util.function.DoubleUnaryOperator;

/**
 * A line of a figure.
 *
 * @param name what it shows
 * @param x in ascending order
 * @param y value at each x
 */
record Line(String name, double[] x, double[] y) {
    /** The line of a function at the given x. */
    static Line of(String name, double[] x, DoubleUnaryOperator function) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = function.applyAsDouble(x[i]);
        }
        return new Line(name, x, y);
    }
}
