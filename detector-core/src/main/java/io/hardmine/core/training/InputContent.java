package io.hardmine.core.training;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import java.util.List;

/** What fills one place of a batch. */
public sealed interface InputContent {
    /** A picture, resized and augmented. */
    record Whole(Picture picture) implements InputContent {}

    /**
     * Crops on an otherwise empty input. Background anchors across their edges take no part, except near an object.
     *
     * @param tiles that do not overlap
     */
    record Mosaic(List<Tile> tiles) implements InputContent {
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
    record Tile(Crop crop, int left, int top, boolean mirrored) {
        /** What the crop shows, in pixels of the input. */
        public List<Annotation> annotations() {
            return crop.annotations().stream()
                    .map(a -> {
                        Box b = a.box();
                        double x = mirrored ? crop.width() - b.right() : b.x();
                        return a.withBox(new Box(left + x, top + b.y(), b.width(), b.height()));
                    })
                    .toList();
        }
    }

    /**
     * Pixels of a piece of a picture, at the scale at which the network saw it: they are never resized again.
     *
     * @param name of where it comes from, for messages
     * @param width in pixels of the input
     * @param height in pixels of the input
     * @param bgr 8-bit, row by row; not to be changed
     * @param annotations what it shows, in its own pixels; none for background
     */
    record Crop(String name, int width, int height, byte[] bgr, List<Annotation> annotations) {
        /** Copies the list. */
        public Crop {
            annotations = List.copyOf(annotations);
        }

        /** A piece of background. */
        public Crop(String name, int width, int height, byte[] bgr) {
            this(name, width, height, bgr, List.of());
        }
    }
}
