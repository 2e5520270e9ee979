package io.hardmine.core.training;

import io.hardmine.datasets.Picture;
import java.util.List;

/** What fills one place of a batch. */
public sealed interface Showing {
    /** A picture, resized and augmented. */
    record Whole(Picture picture) implements Showing {}

    /**
     * Crops of background on an otherwise empty input. Anchors across their edges take no part.
     *
     * @param tiles that do not overlap
     */
    record Mosaic(List<Tile> tiles) implements Showing {
        /** Copies the list. */
        public Mosaic {
            tiles = List.copyOf(tiles);
        }
    }

    /**
     * A crop in its place.
     *
     * @param left in pixels of the input
     * @param top in pixels of the input
     * @param mirrored left and right exchanged
     */
    record Tile(Crop crop, int left, int top, boolean mirrored) {}

    /**
     * Pixels of a piece of background, at the scale at which the network saw it: they are never resized again.
     *
     * @param name of where it comes from, for messages
     * @param width in pixels of the input
     * @param height in pixels of the input
     * @param bgr 8-bit, row by row; not to be changed
     */
    record Crop(String name, int width, int height, byte[] bgr) {}
}
