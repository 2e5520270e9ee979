package io.hardmine.core.evaluation;

/**
 * What a detector does when it shows the detections from a score on: counts over a set of pictures.
 *
 * @param threshold the least score shown
 * @param pictures how many pictures there are, those without objects too
 * @param objects how many objects are to be found
 * @param found how many of them are
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

    /** Nothing shown yet. */
    static OperatingPoint none(double threshold, int pictures, int objects) {
        return new OperatingPoint(threshold, pictures, objects, 0, 0, 0, 0, 0);
    }

    /** This with other classes' counts over the same pictures; keeps this one's threshold. */
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

    /** Share of the objects found, in [0, 1]; -1 where there is none to find. */
    public double recall() {
        return objects == 0 ? -1 : found / (double) objects;
    }

    /** Share of the detections that found an object, in [0, 1]; 1 where there is no detection. */
    public double precision() {
        return shown() == 0 ? 1 : found / (double) shown();
    }

    /** Harmonic mean of precision and recall, in [0, 1]; 0 where there is neither object nor detection. */
    public double f1() {
        int both = shown() + objects;
        return both == 0 ? 0 : 2.0 * found / both;
    }

    /** Detections that are not near any object of their class: on nothing, or on an object of another class. */
    public int falseAlarms() {
        return wrongClass + nothing;
    }

    /** Detections that found no object, for whatever reason. */
    public int mistakes() {
        return duplicates + misplaced + falseAlarms();
    }

    /** Detections that count at all. */
    public int shown() {
        return found + mistakes();
    }

    /** A count per picture; 0 without pictures. */
    public double perPicture(int count) {
        return pictures == 0 ? 0 : count / (double) pictures;
    }
}
