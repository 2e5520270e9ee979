package io.hardmine.mining.bootstrap;

import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The background of a picture at one size of the network's input: the crops that it consists of, and the false alarms
 * in it.
 *
 * @param picture with its annotations
 * @param view the picture at this size
 * @param area the background, in pixels of the picture
 * @param side of a crop, in pixels of the input
 */
record BackgroundView(Picture picture, View view, BackgroundArea area, int side) {
    /** Least side of a crop, as a multiple of the longer side of its false alarm. */
    private static final double CONTEXT = 1.5;

    /** Of two crops with a higher IoU, the easier one is dropped. */
    private static final double CROP_IOU = 0.3;

    /** Relative difference of two scales that are the same but for the rounding of an input's sides to whole pixels. */
    private static final double ROUNDING = 0.01;

    /** Whether a hard example was found at this size. */
    boolean isScaleOf(HardExample example) {
        return Math.abs(example.scale() / view.scale() - 1) < ROUNDING;
    }

    /** Number of background crops in a grid of adjacent crops. */
    int crops() {
        int count = 0;
        for (int top = 0; top <= view.lastTop(side); top += side) {
            for (int left = 0; left <= view.lastLeft(side); left += side) {
                count += area.isClear(view.region(left, top, side)) ? 1 : 0;
            }
        }
        return count;
    }

    /**
     * The false alarms among detections, each in its own crop, hardest first.
     *
     * @param detections in pixels of the picture, best first
     * @param thresholds lowest score of a false alarm for each class
     */
    List<FalsePositive> falseAlarms(List<Detection> detections, List<Double> thresholds) {
        List<FalsePositive> kept = new ArrayList<>();
        for (Detection d : detections) {
            if (d.score() >= thresholds.get(d.category())) {
                cropAround(d.box())
                        .filter(region ->
                                kept.stream().noneMatch(k -> k.region().iou(region) > CROP_IOU))
                        .ifPresent(region -> kept.add(new FalsePositive(
                                picture.name(), region, view.scale(), d.category(), d.box(), d.score())));
            }
        }
        return kept;
    }

    /**
     * A crop of background that holds a box: with the box in the middle if that is clear of objects, or else towards an
     * edge; empty if no such crop is clear. The crop's side is doubled until the box fits.
     */
    private Optional<Box> cropAround(Box box) {
        Box seen = view.transform().toInput(box);
        double longer = Math.max(seen.width(), seen.height());
        int size = side;
        while (size < CONTEXT * longer) {
            size *= 2;
        }
        double room = size - longer;
        double[] shifts = {0, -room / 2, room / 2};
        for (double dy : shifts) {
            for (double dx : shifts) {
                int left = (int) Math.round(seen.centerX() - size / 2.0 + dx);
                int top = (int) Math.round(seen.centerY() - size / 2.0 + dy);
                Box region = view.region(
                        Math.max(0, Math.min(view.lastLeft(size), left)),
                        Math.max(0, Math.min(view.lastTop(size), top)),
                        size);
                if (region.contains(new Box(box.centerX(), box.centerY(), 0, 0)) && area.isClear(region)) {
                    return Optional.of(region);
                }
            }
        }
        return Optional.empty();
    }
}
