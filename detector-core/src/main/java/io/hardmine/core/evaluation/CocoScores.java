package io.hardmine.core.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * COCO's twelve numbers and those of each class, all in [0, 1]. A score is -1 if there are no objects, so that it is
 * undefined.
 *
 * @param ap mean over classes and over IoU 0.50, 0.55, … 0.95 of the average precision, 101 recall points
 * @param ap50 as {@code ap}, at IoU 0.50 only
 * @param ap75 as {@code ap}, at IoU 0.75 only
 * @param apSmall as {@code ap}, for objects whose annotated area is at most 32² square pixels
 * @param apMedium as {@code ap}, for objects of 32² to 96² square pixels
 * @param apLarge as {@code ap}, for objects of 96² square pixels and more
 * @param ar1 mean over classes and IoU of the highest recall with one detection per picture and class
 * @param ar10 as {@code ar1}, with ten detections
 * @param ar100 as {@code ar1}, with a hundred detections
 * @param arSmall as {@code ar100}, for small objects
 * @param arMedium as {@code ar100}, for medium objects
 * @param arLarge as {@code ar100}, for large objects
 * @param perClass by category name, in class-index order
 */
public record CocoScores(
        double ap,
        double ap50,
        double ap75,
        double apSmall,
        double apMedium,
        double apLarge,
        double ar1,
        double ar10,
        double ar100,
        double arSmall,
        double arMedium,
        double arLarge,
        Map<String, ClassScores> perClass) {
    /** Copies the map, keeping its order. */
    public CocoScores {
        perClass = Collections.unmodifiableMap(new LinkedHashMap<>(perClass));
    }

    /**
     * One class's average precision, or -1 if the class has no object.
     *
     * @param ap over IoU 0.50 to 0.95
     * @param ap50 at IoU 0.50
     */
    public record ClassScores(double ap, double ap50) {}
}
