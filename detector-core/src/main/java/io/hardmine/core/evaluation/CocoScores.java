package io.hardmine.core.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * COCO's twelve numbers and those of each class, all in [0, 1] or -1 if there are no objects, so that nothing is
 * defined.
 *
 * @param ap mean over classes and over IoU 0.50, 0.55, … 0.95 of the average precision, 101 recall points
 * @param ap50 at IoU 0.50
 * @param ap75 at IoU 0.75
 * @param apSmall objects whose annotated area is at most 32² square pixels
 * @param apMedium objects of 32² to 96²
 * @param apLarge objects of 96² and more
 * @param ar1 mean over classes and IoU of the highest recall with one detection per picture and class
 * @param ar10 with ten
 * @param ar100 with a hundred
 * @param arSmall with a hundred, small objects
 * @param arMedium with a hundred, medium objects
 * @param arLarge with a hundred, large objects
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
