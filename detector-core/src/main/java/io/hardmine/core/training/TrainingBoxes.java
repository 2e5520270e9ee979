package io.hardmine.core.training;

import io.hardmine.core.anchor.AnchorFitter;
import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.VisibleObjects;
import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import java.util.ArrayList;
import java.util.List;

/** A task's training boxes as the network will see them, for fitting anchors and measuring their recall. */
final class TrainingBoxes {
    private static final int MOST = 4000;

    /** Largest number of passes over the pictures, each with other random placements. */
    private static final int ROUNDS = 3;

    private TrainingBoxes() {}

    /** Boxes in pixels of the input, after resizing and augmentation, also those that are too small to be seen. */
    static List<AnchorFitter.Sample> sample(TrainingTask task) {
        RandomPlacement placement = RandomPlacement.of(task.settings());
        double visible = placement.augmentation().visible();
        long seed = task.settings().seed();
        List<AnchorFitter.Sample> boxes = new ArrayList<>();
        List<Picture> pictures = task.train().pictures();
        for (int round = 0; round < ROUNDS && boxes.size() < MOST; round++) {
            for (int i = 0; i < pictures.size() && boxes.size() < MOST; i++) {
                Picture p = pictures.get(i);
                Shape shape = placement.preprocessing().inputShape(1, p.width(), p.height());
                ImageTransform transform = placement.place(p.width(), p.height(), shape, Randomness.of(seed, round, i));
                Box input = new Box(0, 0, shape.width(), shape.height());
                for (Annotation a : VisibleObjects.of(p.annotations(), transform, input, visible)) {
                    if (a.isObject()) {
                        boxes.add(new AnchorFitter.Sample(a.box(), a.category(), shape));
                    }
                }
                for (Annotation a : p.annotations()) {
                    if (a.isObject() && VisibleObjects.vanishes(a.box(), transform)) {
                        boxes.add(new AnchorFitter.Sample(transform.toInput(a.box()), a.category(), shape));
                    }
                }
            }
        }
        return boxes;
    }

    /** The boxes that are large enough to be seen. */
    static List<AnchorFitter.Sample> visible(List<AnchorFitter.Sample> samples) {
        return samples.stream()
                .filter(s -> s.box().width() >= 1 && s.box().height() >= 1)
                .toList();
    }
}
