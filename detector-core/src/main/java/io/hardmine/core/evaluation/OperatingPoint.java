package io.hardmine.core.evaluation;

/**
 * Counts over a set of pictures if a detector shows the detections whose score reaches a threshold.
 *
 * @param threshold lowest score shown
 * @param pictures number of pictures, including those without objects
 * @param objects number of objects to find
 * @param found number of objects found
 * @param duplicates detections of an object already found
 * @param misplaced detections near an object of their class, IoU 0.1 to 0.5
 * @param wrongClass detections on an object of another class
 * @param nothing detections where nothing is annotated
 */
public record OperatingPoint(
        double threshold,
        int pictures,
        int objects,
        int found,
        int duplicates,
        int misplaced,
        int wrongClass,
        int nothing) {

    /** The point at which nothing is shown. */
    static OperatingPoint none(double threshold, int pictures, int objects) {
        return new OperatingPoint(threshold, pictures, objects, 0, 0, 0, 0, 0);
    }

    /** The sum of this point and another class's over the same pictures, with this point's threshold. */
    OperatingPoint plus(OperatingPoint other) {
        return new OperatingPoint(
                threshold,
                pictures,
                objects + other.objects,
                found + other.found,
                duplicates + other.duplicates,
                misplaced + other.misplaced,
                wrongClass + other.wrongClass,
                nothing + other.nothing);
    }

    /** Share of the objects found, in [0, 1]; -1 if there are no objects. */
    public double recall() {
        return objects == 0 ? -1 : found / (double) objects;
    }

    /** Share of the detections that found an object, in [0, 1]; 1 if there is no detection. */
    public double precision() {
        return shown() == 0 ? 1 : found / (double) shown();
    }

    /** Harmonic mean of precision and recall, in [0, 1]; 0 if there is neither object nor detection. */
    public double f1() {
        int both = shown() + objects;
        return both == 0 ? 0 : 2.0 * found / both;
    }

    /** Detections that are not near any object of their class: on nothing, or on an object of another class. */
    public int falseAlarms() {
        return wrongClass + nothing;
    }

    /** Detections that found no object, for any reason. */
    public int mistakes() {
        return duplicates + misplaced + falseAlarms();
    }

    /** Detections that are counted, right or wrong. */
    public int shown() {
        return found + mistakes();
    }

    /** A count per picture; 0 without pictures. */
    public double perPicture(int count) {
        return pictures == 0 ? 0 : count / (double) pictures;
    }
}
