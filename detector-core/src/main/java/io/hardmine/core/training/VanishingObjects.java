package io.hardmine.core.training;

import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.detection.VisibleObjects;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;

/**
 * How many objects of a data set no input shows, since they are too small after resizing.
 *
 * @param count such objects
 * @param all objects
 */
record VanishingObjects(long count, long all) {
    static VanishingObjects of(Dataset dataset, Preprocessing preprocessing) {
        long count = 0;
        long all = 0;
        for (Picture p : dataset.pictures()) {
            ImageTransform transform = preprocessing.place(p.width(), p.height());
            for (Annotation a : p.annotations()) {
                if (a.isObject()) {
                    all++;
                    count += VisibleObjects.vanishes(a.box(), transform) ? 1 : 0;
                }
            }
        }
        return new VanishingObjects(count, all);
    }
}
