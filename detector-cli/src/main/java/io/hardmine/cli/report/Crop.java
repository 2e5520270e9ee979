package io.hardmine.cli.report;

import java.util.List;

/**
 * A part of a picture with boxes over it.
 *
 * @param jpeg {@code data:} address of the pixels
 * @param width of the pixels shown
 * @param height of the pixels shown
 * @param outlines boxes in pixels of the crop
 */
public record Crop(String jpeg, int width, int height, List<Outline> outlines) {
    /** Copies the list. */
    public Crop {
        outlines = List.copyOf(outlines);
    }

    /**
     * A box, in pixels of the crop.
     *
     * @param x left edge
     * @param y upper edge
     * @param width horizontal side
     * @param height vertical side
     * @param kind "detected" or "annotated"
     */
    public record Outline(double x, double y, double width, double height, String kind) {}
}
