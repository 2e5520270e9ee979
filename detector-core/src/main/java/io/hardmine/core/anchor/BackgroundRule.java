package io.hardmine.core.anchor;

import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.List;

/**
 * Decides which anchors of a picture may be background; the same for every matcher. An anchor is ignored if
 *
 * <ul>
 *   <li>its center lies in the padding,
 *   <li>it has an IoU of 0.4 or more with a crowd or an ignored region,
 *   <li>at least half of its part inside the picture lies in such a region, or
 *   <li>the ground truth names background regions, the anchor lies in none of them, and it is not near an object.
 * </ul>
 *
 * <p>An anchor is near an object if their IoU is over 0.1, or if its center lies in the object's box enlarged to twice
 * its sides.
 */
public final class BackgroundRule {
    private static final double IGNORED_SHARE = 0.5;
    private static final double MATCHING_IOU = 0.4;
    private static final double NEAR_IOU = 0.1;
    private static final double NEAR_SIDES = 2;

    private final AnchorGrid grid;
    private final GroundTruth groundTruth;
    private final List<Box> ignoredRegions;

    /** The rule for one picture. */
    public BackgroundRule(AnchorGrid grid, GroundTruth groundTruth) {
        this.grid = grid;
        this.groundTruth = groundTruth;
        ignoredRegions = groundTruth.annotations().stream()
                .filter(a -> !a.isObject())
                .map(Annotation::box)
                .toList();
    }

    /**
     * Whether an anchor's center lies in the picture, not in its padding. Only such anchors may stand for an object.
     */
    public boolean inPicture(int anchor) {
        float x = grid.boxes()[4 * anchor];
        float y = grid.boxes()[4 * anchor + 1];
        Box area = groundTruth.area();
        return x >= area.x() && x < area.right() && y >= area.y() && y < area.bottom();
    }

    /**
     * The label of an anchor that its matcher takes for background: {@link Targets#BACKGROUND}, or {@link
     * Targets#IGNORED} if it may not be background.
     *
     * @param largestIou the anchor's largest IoU with an object
     */
    public int label(int anchor, float largestIou) {
        boolean background = inPicture(anchor) && !isIgnored(anchor) && counts(anchor, largestIou);
        return background ? Targets.BACKGROUND : Targets.IGNORED;
    }

    private boolean isIgnored(int anchor) {
        for (Box region : ignoredRegions) {
            Box box = grid.box(anchor);
            double seen = box.intersection(groundTruth.area()).area();
            if (box.intersectionArea(region) >= IGNORED_SHARE * seen || box.iou(region) >= MATCHING_IOU) {
                return true;
            }
        }
        return false;
    }

    private boolean counts(int anchor, float largestIou) {
        if (groundTruth.background() == null || largestIou > NEAR_IOU) {
            return true;
        }
        Box box = grid.box(anchor);
        for (Box region : groundTruth.background()) {
            if (region.contains(box)) {
                return true;
            }
        }
        for (Annotation annotation : groundTruth.annotations()) {
            if (annotation.isObject() && isNear(box, annotation.box())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNear(Box anchor, Box object) {
        return Math.abs(anchor.centerX() - object.centerX()) <= NEAR_SIDES * object.width() / 2
                && Math.abs(anchor.centerY() - object.centerY()) <= NEAR_SIDES * object.height() / 2;
    }
}
