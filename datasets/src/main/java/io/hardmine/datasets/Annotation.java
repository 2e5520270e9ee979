package io.hardmine.datasets;

/**
 * One annotated object, or region of objects, of a picture.
 *
 * @param box in pixels of the picture as shown
 * @param category index into {@link Dataset#categories()}
 * @param area in square pixels: the annotated one (COCO: of the segmentation), or the box's if none is annotated
 * @param crowd a region of many objects. Training treats it as neither object nor background; in evaluation it matches
 *     any number of detections
 * @param ignore whether the region is neither object nor background
 * @param difficult Pascal VOC's flag: the object is trained on, and left out of VOC's evaluation
 */
public record Annotation(Box box, int category, double area, boolean crowd, boolean ignore, boolean difficult) {
    /** A plain object: no flag is set, and the area is the box's. */
    public static Annotation of(Box box, int category) {
        return new Annotation(box, category, box.area(), false, false, false);
    }

    /** The same annotation with another box; the area follows in proportion. */
    public Annotation withBox(Box moved) {
        double scale = box.area() > 0 ? moved.area() / box.area() : 1;
        return new Annotation(moved, category, area * scale, crowd, ignore, difficult);
    }

    /** The same region, neither object nor background. */
    public Annotation asIgnored() {
        return new Annotation(box, category, area, crowd, true, difficult);
    }

    /** Whether this is a single object that a detector should find: neither crowd nor ignored. */
    public boolean isObject() {
        return !crowd && !ignore;
    }
}
