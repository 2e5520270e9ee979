package io.hardmine.core.training;

import io.hardmine.core.detection.Placement;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.ArrayList;
import java.util.List;

/** What is left of a picture's annotations in a network input, or in a part of one. */
public final class VisibleObjects {
    /** Of a box that an edge cuts, less than this share left is neither object nor background. */
    private static final double LEAST_VISIBLE = 0.4;

    private VisibleObjects() {}

    /**
     * The annotations in pixels of the input, cut at its edges.
     *
     * @param placement of the picture in the input
     * @param width of the input
     * @param height of the input
     */
    public static List<Annotation> of(List<Annotation> annotations, Placement placement, int width, int height) {
        List<Annotation> seen = new ArrayList<>();
        for (Annotation annotation : annotations) {
            Box moved = placement.toInput(annotation.box());
            Box visible = moved.clip(width, height);
            if (visible.width() < 1 || visible.height() < 1) {
                continue;
            }
            Annotation kept = annotation.withBox(visible);
            boolean enough = visible.area() >= LEAST_VISIBLE * moved.area();
            seen.add(enough ? kept : kept.asIgnored());
        }
        return seen;
    }
}
