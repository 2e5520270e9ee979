package io.hardmine.core.training;

import io.hardmine.datasets.Annotation;
import java.util.List;

/**
 * Pixels of a piece of a picture, at the scale at which the network saw it. They are never resized again.
 *
 * @param name of the picture that it comes from, for messages
 * @param width in pixels of the input
 * @param height in pixels of the input
 * @param bgr 8-bit, row by row; not to be changed
 * @param annotations that the crop shows, in its own pixels; none for background
 */
public record PictureCrop(String name, int width, int height, byte[] bgr, List<Annotation> annotations) {
    /** Copies the list. */
    public PictureCrop {
        annotations = List.copyOf(annotations);
    }

    /** A piece of background. */
    public PictureCrop(String name, int width, int height, byte[] bgr) {
        this(name, width, height, bgr, List.of());
    }
}
