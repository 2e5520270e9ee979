package io.hardmine.core.evaluation;

import io.hardmine.datasets.Box;

/** How much of a detection lies in a region. */
final class Overlap {
    private Overlap() {}

    /**
     * Share of the detection's area inside a region of many objects, in [0, 1]. This is not the IoU: a region holds any
     * number of objects, each smaller than the region.
     */
    static double withRegion(Box detection, Box region) {
        double shared = detection.intersectionArea(region);
        return shared > 0 ? shared / detection.area() : 0;
    }
}
