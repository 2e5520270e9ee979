package io.hardmine.core.evaluation;

import io.hardmine.datasets.Box;

/** How much of a region a detection lies in. */
final class Overlap {
    private Overlap() {}

    /**
     * Share of the detection inside a region of many objects, in [0, 1]. Over the detection's area alone: a region
     * holds any number of objects, each smaller than itself.
     */
    static double withRegion(Box detection, Box region) {
        double shared = detection.intersection(region);
        return shared > 0 ? shared / detection.area() : 0;
    }
}
