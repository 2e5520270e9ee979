package io.hardmine.datasets.inspect;

import io.hardmine.datasets.Annotation;

/** COCO's size classes, by annotated area in square pixels. */
public enum SizeClass {
    /** Below 32². */
    SMALL,
    /** From 32² to below 96². */
    MEDIUM,
    /** From 96². */
    LARGE;

    /** The class of an annotation's area. */
    public static SizeClass of(Annotation annotation) {
        return annotation.area() < 32 * 32 ? SMALL : annotation.area() < 96 * 96 ? MEDIUM : LARGE;
    }
}
