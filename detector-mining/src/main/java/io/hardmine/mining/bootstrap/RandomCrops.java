package io.hardmine.mining.bootstrap;

import io.hardmine.core.detection.Preprocessing;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws random background crops: the beginning of bootstrapping, and the control that it must beat. */
final class RandomCrops {
    /** Largest number of places tried per wanted crop, because many lie on objects. */
    private static final int PATIENCE = 50;

    private final List<Picture> pictures;
    private final Scan scan;
    private final List<Preprocessing> sizes;

    RandomCrops(Pool pool, Scan scan, Preprocessing preprocessing) {
        pictures = pool.pictures();
        this.scan = scan;
        sizes = scan.scales().stream().map(preprocessing::scaled).toList();
    }

    /**
     * Draws at most {@code count} crops. Their scores are random numbers, so that no crop counts as harder than
     * another.
     */
    List<FalsePositive> draw(int count, SplittableRandom random) {
        List<FalsePositive> drawn = new ArrayList<>();
        for (int i = 0; i < PATIENCE * count && drawn.size() < count; i++) {
            Picture picture = pictures.get(random.nextInt(pictures.size()));
            View view = View.of(picture, sizes.get(random.nextInt(sizes.size())));
            int side = scan.crop();
            Box region =
                    view.region(random.nextInt(view.lastLeft(side) + 1), random.nextInt(view.lastTop(side) + 1), side);
            double place = random.nextDouble();
            if (new BackgroundArea(picture, scan.margin()).isClear(region)) {
                int none = -1;
                drawn.add(new FalsePositive(picture.name(), region, view.scale(), none, null, place));
            }
        }
        return drawn;
    }
}
