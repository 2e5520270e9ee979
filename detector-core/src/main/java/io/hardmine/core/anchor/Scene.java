package io.hardmine.core.anchor;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.List;

/**
 * What a network input shows, in its own pixels.
 *
 * @param annotations objects, and regions to ignore
 * @param area where the picture lies; the rest is padding
 */
public record Scene(List<Annotation> annotations, Box area) {
    /** Copies the list. */
    public Scene {
        annotations = List.copyOf(annotations);
    }
}
