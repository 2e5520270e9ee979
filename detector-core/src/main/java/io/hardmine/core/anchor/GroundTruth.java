package io.hardmine.core.anchor;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.List;

/**
 * The annotated objects and regions of a network input, in pixels of the input.
 *
 * @param annotations objects, crowds, and regions to ignore
 * @param area of the picture on the input; the rest is padding
 * @param background regions in which background anchors are trained, in addition to those near an object ({@link
 *     BackgroundRule}); null for everywhere
 */
public record GroundTruth(List<Annotation> annotations, Box area, List<Box> background) {
    /** Copies the lists. */
    public GroundTruth {
        annotations = List.copyOf(annotations);
        background = background == null ? null : List.copyOf(background);
    }

    /** Ground truth whose background anchors are trained everywhere. */
    public GroundTruth(List<Annotation> annotations, Box area) {
        this(annotations, area, null);
    }
}
