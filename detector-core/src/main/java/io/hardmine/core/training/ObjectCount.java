package io.hardmine.core.training;

import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.util.function.BiPredicate;

/**
 * How many objects of a data set the input shows too small.
 *
 * @param count number of such objects
 * @param all number of all objects
 */
record ObjectCount(long count, long all) {
    /**
     * Counts objects.
     *
     * @param tooSmall judges an object by its box in the picture and the place of the picture in the input
     */
    static ObjectCount of(Dataset dataset, Preprocessing preprocessing, BiPredicate<Box, ImageTransform> tooSmall) {
        long count = 0;
        long all = 0;
        for (Picture p : dataset.pictures()) {
            ImageTransform transform = preprocessing.place(p.width(), p.height());
            for (Annotation a : p.annotations()) {
                if (a.isObject()) {
                    all++;
                    count += tooSmall.test(a.box(), transform) ? 1 : 0;
                }
            }
        }
        return new ObjectCount(count, all);
    }
}
