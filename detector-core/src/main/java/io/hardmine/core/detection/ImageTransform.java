package io.hardmine.core.detection;

import io.hardmine.datasets.Box;

/**
 * Where a picture lies in a network input: resized to {@code width × height}, mirrored and flipped if requested, with
 * its upper left corner at (left, top). Parts outside of the input are cut off; parts of the input without picture are
 * padding.
 *
 * @param pictureWidth of the picture as shown, in pixels
 * @param pictureHeight of the picture as shown
 * @param width after resizing, in pixels of the input
 * @param height after resizing
 * @param left in pixels of the input, possibly negative
 * @param top in pixels of the input, possibly negative
 * @param mirrored left and right exchanged
 * @param flipped top and bottom exchanged
 */
public record ImageTransform(
        int pictureWidth,
        int pictureHeight,
        int width,
        int height,
        int left,
        int top,
        boolean mirrored,
        boolean flipped) {

    /** A box of the picture in pixels of the input. */
    public Box toInput(Box box) {
        Box b = box.scale((double) width / pictureWidth, (double) height / pictureHeight);
        double x = mirrored ? width - b.right() : b.x();
        double y = flipped ? height - b.bottom() : b.y();
        return new Box(left + x, top + y, b.width(), b.height());
    }

    /** A box of the input in pixels of the picture. */
    public Box toPicture(Box box) {
        Box b = box.translate(-left, -top);
        double x = mirrored ? width - b.right() : b.x();
        double y = flipped ? height - b.bottom() : b.y();
        return new Box(x, y, b.width(), b.height())
                .scale((double) pictureWidth / width, (double) pictureHeight / height);
    }

    /** Where the picture lies, in pixels of the input; it may extend beyond the input. */
    public Box area() {
        return new Box(left, top, width, height);
    }

    /** The part of an input of the given size that shows the picture. */
    public Box area(int inputWidth, int inputHeight) {
        return area().clip(inputWidth, inputHeight);
    }

    /** The same with the picture moved, in pixels of the input. */
    public ImageTransform movedBy(int right, int down) {
        return new ImageTransform(
                pictureWidth, pictureHeight, width, height, left + right, top + down, mirrored, flipped);
    }
}
