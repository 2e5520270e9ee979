package io.hardmine.mining.bootstrap;

import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.training.PictureCrop;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Shuffle;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Cuts a crop of each object in the pool, with the object at a random position in the crop. The crops are mixed with
 * the hard negatives of a mosaic. Without them, every crop in a mosaic would be background, and the network would learn
 * to recognize the edges of crops instead of their content.
 */
final class ObjectCrops {
    private final Pool pool;
    private final Scan scan;
    private final Preprocessing preprocessing;

    ObjectCrops(Pool pool, Scan scan, Preprocessing preprocessing) {
        this.pool = pool;
        this.scan = scan;
        this.preprocessing = preprocessing;
    }

    /** Crops of all objects that fit into a crop, or of a random choice of {@code most} of them if there are more. */
    List<PictureCrop> cut(int most, SplittableRandom random) {
        List<FalsePositive> places = new ArrayList<>();
        for (Picture picture : pool.pictures()) {
            View view = View.of(picture, preprocessing);
            for (Annotation annotation : picture.annotations()) {
                Box seen = view.transform().toInput(annotation.box());
                int side = scan.crop();
                if (annotation.isObject() && seen.width() <= side && seen.height() <= side) {
                    int left = (int) Math.floor(seen.x() - random.nextDouble() * (side - seen.width()));
                    int top = (int) Math.floor(seen.y() - random.nextDouble() * (side - seen.height()));
                    Box region = view.region(
                            Math.max(0, Math.min(view.lastLeft(side), left)),
                            Math.max(0, Math.min(view.lastTop(side), top)),
                            side);
                    places.add(new FalsePositive(
                            picture.name(), region, view.scale(), annotation.category(), annotation.box(), 1));
                }
            }
        }
        Shuffle.inPlace(places, random);
        return new CropCutter(pool).crops(places.subList(0, Math.min(places.size(), most)));
    }
}
