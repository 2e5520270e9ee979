package io.hardmine.datasets.reading;

import io.hardmine.datasets.Box;

/**
 * An object as written in a file, before any check.
 *
 * @param category its category's name
 * @param box in pixels, or in shares of the picture's sides
 * @param inShares whether the box is in shares of the sides
 * @param area as annotated, in square pixels; NaN to take the box's
 * @param crowd whether it is a region of many objects
 * @param ignore whether it is neither object nor background
 * @param difficult Pascal VOC's flag
 * @param where file and line or entry, for messages
 */
public record RawObject(
        String category,
        Box box,
        boolean inShares,
        double area,
        boolean crowd,
        boolean ignore,
        boolean difficult,
        String where) {
    /** A plain object in pixels. */
    public static RawObject plain(String category, Box box, String where) {
        return new RawObject(category, box, false, Double.NaN, false, false, false, where);
    }
}
