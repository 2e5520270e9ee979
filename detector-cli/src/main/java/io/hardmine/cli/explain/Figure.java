package io.hardmine.cli.explain;

import java.util.List;

/**
 * Some lines over the same axes.
 *
 * @param name of its file, without an ending
 * @param title what it shows
 * @param x the axis to the right
 * @param y the axis upwards
 * @param lines the first one is what the others are compared with
 */
record Figure(String name, String title, Axis x, Axis y, List<Line> lines) {
    Figure {
        lines = List.copyOf(lines);
    }

    /**
     * An axis.
     *
     * @param title what it measures
     * @param from its lower end
     * @param to its upper end
     * @param logarithmic whether each decade takes the same room
     */
    record Axis(String title, double from, double to, boolean logarithmic) {
        static Axis linear(String title, double from, double to) {
            return new Axis(title, from, to, false);
        }

        static Axis logarithmic(String title, double from, double to) {
            return new Axis(title, from, to, true);
        }
    }
}
