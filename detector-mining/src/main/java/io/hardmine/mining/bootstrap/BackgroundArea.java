package io.hardmine.mining.bootstrap;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import java.util.List;

/**
 * The background of a picture: everything outside the boxes of its annotations, crowds and ignored regions included,
 * with a margin around each box.
 */
final class BackgroundArea {
    private final int width;
    private final int height;
    private final List<Box> taken;

    /**
     * Of a picture.
     *
     * @param margin share of a box's sides by which it is enlarged on each side
     */
    BackgroundArea(Picture picture, double margin) {
        width = picture.width();
        height = picture.height();
        taken = picture.annotations().stream()
                .map(Annotation::box)
                .map(b -> new Box(
                        b.x() - margin * b.width(),
                        b.y() - margin * b.height(),
                        (1 + 2 * margin) * b.width(),
                        (1 + 2 * margin) * b.height()))
                .toList();
    }

    /** Whether a region, in pixels of the picture, lies inside it and overlaps no box with its margin. */
    boolean isClear(Box region) {
        double rounding = 0.5;
        return region.x() >= -rounding
                && region.y() >= -rounding
                && region.right() <= width + rounding
                && region.bottom() <= height + rounding
                && taken.stream().allMatch(box -> box.intersectionArea(region) <= 0);
    }
}
