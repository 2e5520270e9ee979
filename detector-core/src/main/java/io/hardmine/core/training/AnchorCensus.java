package io.hardmine.core.training;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.AnchorGrids;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.anchor.Matcher;
import io.hardmine.core.anchor.Targets;
import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.VisibleObjects;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.loss.BoxQuality;
import io.hardmine.core.loss.ClassLoss;
import io.hardmine.core.network.RawOutputs;
import io.hardmine.datasets.Picture;
import java.util.List;

/**
 * Counts of the labels that the matcher assigns on a task's training pictures.
 *
 * @param objects anchors that stand for an object
 * @param examples anchors that stand for an object or for background
 * @param quality mean class target of the object anchors, in [0, 1], if every predicted box is its anchor; 1 for a loss
 *     without soft targets and if there are no object anchors
 */
record AnchorCensus(long objects, long examples, double quality) {
    private static final int MOST_PICTURES = 500;

    /** Counts on up to 500 pictures, evenly spaced, placed as in training. The same task gives the same numbers. */
    static AnchorCensus of(TrainingTask task, AnchorShapes anchors) {
        TrainingSettings settings = task.settings();
        RandomPlacement placement = RandomPlacement.of(settings);
        Matcher matcher = settings.matcher().create();
        ClassLoss loss = settings.loss().classLoss();
        AnchorGrids grids = new AnchorGrids(anchors);
        List<Picture> pictures = task.train().pictures();
        int counted = Math.min(MOST_PICTURES, pictures.size());
        long objects = 0;
        long examples = 0;
        double quality = 0;
        for (int i = 0; i < counted; i++) {
            int place = (int) ((long) i * pictures.size() / counted);
            Picture p = pictures.get(place);
            Shape shape = placement.preprocessing().inputShape(1, p.width(), p.height());
            ImageTransform transform =
                    placement.place(p.width(), p.height(), shape, Randomness.of(settings.seed(), 0, place));
            GroundTruth scene = new GroundTruth(
                    VisibleObjects.of(p.annotations(), transform, shape.width(), shape.height()),
                    transform.area(shape.width(), shape.height()));
            AnchorGrid grid = grids.of(shape);
            Targets targets = matcher.match(grid, List.of(scene));
            RawOutputs untrained = RawOutputs.zeros(1, grid.size(), 1);
            for (int n = 0; n < grid.size(); n++) {
                if (targets.labels()[n] != Targets.IGNORED) {
                    examples++;
                }
                if (targets.labels()[n] >= 0) {
                    objects++;
                    quality += BoxQuality.of(loss, grid, untrained, targets, n);
                }
            }
        }
        return new AnchorCensus(objects, examples, objects == 0 ? 1 : quality / objects);
    }

    /**
     * Share of the logits that belong to the class of an object; over 0 even without objects.
     *
     * @param classes number of classes
     */
    double share(int classes) {
        return (double) Math.max(1, objects) / (Math.max(2, examples) * (double) classes);
    }
}
