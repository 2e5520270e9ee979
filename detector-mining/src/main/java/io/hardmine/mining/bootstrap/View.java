package io.hardmine.mining.bootstrap;

import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;

/**
 * A picture as the network sees it at one size of input; crops are cut from its pixels.
 *
 * @param transform of the whole picture, unmirrored, in the upper left corner
 */
record View(ImageTransform transform) {
    static View of(Picture picture, Preprocessing preprocessing) {
        return new View(preprocessing.place(picture.width(), picture.height()));
    }

    /** Pixels of the input per pixel of the picture. */
    double scale() {
        return (double) transform.width() / transform.pictureWidth();
    }

    /** A region of the input, at most {@code side} pixels wide and high, converted to pixels of the picture. */
    Box region(int left, int top, int side) {
        int width = Math.min(side, transform.width());
        int height = Math.min(side, transform.height());
        return transform.toPicture(new Box(left, top, width, height));
    }

    /** Largest left edge of a crop. */
    int lastLeft(int side) {
        return Math.max(0, transform.width() - side);
    }

    /** Largest top edge of a crop. */
    int lastTop(int side) {
        return Math.max(0, transform.height() - side);
    }
}
