package io.hardmine.core.anchor;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.List;

/**
 * What a network input shows, in its own pixels.
 *
 * @param annotations objects, and regions to ignore
 * @param area where the picture lies; the rest is padding
 * @param background where background counts: an anchor inside one of these boxes, or near an object; null for everywhere
 */
public record GroundTruth(List<Annotation> annotations, Box area, List<Box> background) {
    /** Copies the lists. */
    public GroundTruth {
        annotations = List.copyOf(annotations);
        background = background == null ? null : List.copyOf(background);
    }

    /** A scene whose background counts everywhere. */
    public GroundTruth(List<Annotation> annotations, Box area) {
        this(annotations, area, null);
    }
}
