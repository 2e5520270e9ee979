package io.hardmine.core.training;

import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.detection.VisibleObjects;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;

/**
 * Number of objects of a data set that are narrower or lower than a pixel of the input, so that no input shows them.
 *
 * @param count number of such objects
 * @param all number of all objects
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
