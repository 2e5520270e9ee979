package io.hardmine.cli.explain;

import java.util.List;

/**
 * Lines over common axes.
 *
 * @param name of its file, without an ending
 * @param title what it shows
 * @param x horizontal axis
 * @param y vertical axis
 * @param lines to draw; the first one is the reference for the others
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
     * @param logarithmic whether its scale is logarithmic
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
