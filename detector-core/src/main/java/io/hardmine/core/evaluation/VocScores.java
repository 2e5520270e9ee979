package io.hardmine.core.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pascal VOC's average precision at IoU 0.5, in [0, 1], or -1 if there are no objects.
 *
 * @param map2007 mean over classes of the 11-point average precision of VOC 2007
 * @param map2010 mean over classes of the area under the precision-recall curve, as from VOC 2010 on
 * @param perClass by category name, in class-index order
 */
public record VocScores(double map2007, double map2010, Map<String, ClassScores> perClass) {
    /** Copies the map, keeping its order. */
    public VocScores {
        perClass = Collections.unmodifiableMap(new LinkedHashMap<>(perClass));
    }

    /**
     * One class's average precision, or -1 if the class has no object.
     *
     * @param ap2007 11-point
     * @param ap2010 area under the curve
     */
    public record ClassScores(double ap2007, double ap2010) {}
}
