package io.hardmine.core.detection;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.ArrayList;
import java.util.List;

/** The parts of a picture's annotations that are visible in a network input, or in a part of one. */
public final class VisibleObjects {
    /**
     * Default of the least share of a box's area that must remain after an edge cuts it. A box with less is neither
     * object nor background.
     */
    public static final double LEAST_VISIBLE = 0.3;

    /** A side below this many pixels of the input shows nothing that could be learnt or found. */
    private static final double LEAST_SIDE = 1;

    /**
     * Side, in pixels of the input, of the region around an object that is too small. The region is neither object nor
     * background; its side is that of an anchor of the finest level.
     */
    private static final double UNKNOWN_SIDE = 32;

    private VisibleObjects() {}

    /** Whether a box is too small to be seen: narrower or lower than a pixel of the input. */
    public static boolean vanishes(Box box, ImageTransform transform) {
        Box moved = transform.toInput(box);
        return moved.width() < LEAST_SIDE || moved.height() < LEAST_SIDE;
    }

    /**
     * The annotations in pixels of the input, cut at its edges. An object that is too small to be seen, or that keeps
     * less than {@link #LEAST_VISIBLE} of its area, leaves a region that is neither object nor background.
     *
     * @param transform of the picture in the input
     * @param width of the input
     * @param height of the input
     */
    public static List<Annotation> of(List<Annotation> annotations, ImageTransform transform, int width, int height) {
        return of(annotations, transform, new Box(0, 0, width, height), LEAST_VISIBLE);
    }

    /**
     * The annotations in pixels of the input, cut at the edges of one of its tiles. An object that is too small to be
     * seen, or that keeps too little of its area, leaves a region that is neither object nor background. Any other
     * annotation that shows less than a pixel in width or height is left out.
     *
     * @param transform of the picture in the input
     * @param tile that shows the picture, in pixels of the input
     * @param leastVisible share of an object's area, in [0, 1], that must be left after the cut
     */
    public static List<Annotation> of(
            List<Annotation> annotations, ImageTransform transform, Box tile, double leastVisible) {
        List<Annotation> seen = new ArrayList<>();
        for (Annotation annotation : annotations) {
            Box moved = transform.toInput(annotation.box());
            Box visible = moved.intersection(tile);
            if (annotation.isObject() && !visible.isEmpty() && vanishes(annotation.box(), transform)) {
                seen.add(annotation.withBox(around(visible).intersection(tile)).asIgnored());
                continue;
            }
            if (visible.width() < LEAST_SIDE || visible.height() < LEAST_SIDE) {
                continue;
            }
            Annotation kept = annotation.withBox(visible);
            boolean enough = visible.area() >= leastVisible * moved.area();
            seen.add(enough ? kept : kept.asIgnored());
        }
        return seen;
    }

    private static Box around(Box box) {
        double w = Math.max(UNKNOWN_SIDE, box.width());
        double h = Math.max(UNKNOWN_SIDE, box.height());
        return new Box(box.centerX() - w / 2, box.centerY() - h / 2, w, h);
    }
}
