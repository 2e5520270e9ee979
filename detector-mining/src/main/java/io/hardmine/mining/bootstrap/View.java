package io.hardmine.mining.bootstrap;

import io.hardmine.core.detection.Placement;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;

/**
 * A picture as the network sees it at one size of input; crops are cut from its pixels.
 *
 * @param placement of the whole picture, unmirrored, in the upper left corner
 */
record View(Placement placement) {
    static View of(Picture picture, Preprocessing preprocessing) {
        return new View(preprocessing.place(picture.width(), picture.height()));
    }

    /** Pixels of the input for each of the picture's. */
    double scale() {
        return (double) placement.width() / placement.pictureWidth();
    }

    /** A region given by whole pixels of the input, in pixels of the picture. */
    Box region(int left, int top, int side) {
        int width = Math.min(side, placement.width());
        int height = Math.min(side, placement.height());
        return placement.toPicture(new Box(left, top, width, height));
    }

    /** Largest left edge of a crop. */
    int lastLeft(int side) {
        return Math.max(0, placement.width() - side);
    }

    /** Largest top edge of a crop. */
    int lastTop(int side) {
        return Math.max(0, placement.height() - side);
    }
}
