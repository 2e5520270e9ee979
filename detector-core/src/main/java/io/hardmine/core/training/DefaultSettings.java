package io.hardmine.core.training;

import io.hardmine.core.training.TrainingSettings.ClassLossKind;
import io.hardmine.core.training.TrainingSettings.Input;
import io.hardmine.core.training.TrainingSettings.MatcherKind;
import io.hardmine.core.training.TrainingSettings.OptimizerKind;
import io.hardmine.core.training.TrainingSettings.ScheduleSettings;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Settings that follow from the data: the input size from the sizes of its objects, the number of epochs from a time
 * budget.
 */
public final class DefaultSettings {
    /**
     * Side of an object, √area in pixels of the input, that all but the smallest 5 % of the objects should have at
     * least.
     */
    private static final double SMALL_OBJECT = 26;

    private static final int SMALL_SHARE = 20;

    private static final double LARGEST_ENLARGEMENT = 1.5;
    private static final int LARGEST_SHORT_SIDE = 640;
    private static final int SIDE_STEP = 32;

    /** Number of picture showings after which training from scratch hardly improves. */
    private static final double SHOWINGS = 20_000;

    private static final int FEWEST_EPOCHS = 10;
    private static final int MOST_EPOCHS = 150;

    /** Speed of two cores in a training step, in 10⁹ operations a second. A step costs three forward passes. */
    private static final double GIGAFLOP_PER_SECOND = 250;

    private static final double BUDGET_SECONDS = 20 * 60;

    private DefaultSettings() {}

    /**
     * Settings for training on a data set with a preset. {@link Preset#PAPER} trains as the paper does; the others with
     * the recipe that gave the most accurate detectors for their training time.
     */
    public static TrainingSettings of(Dataset train, Preset preset, long seed) {
        Input input = input(train);
        TrainingSettings paper = TrainingSettings.of(
                        preset.network(), input, ScheduleSettings.of(epochs(train, preset, input)))
                .withSeed(seed);
        return preset == Preset.PAPER ? paper : measured(paper);
    }

    /**
     * One anchor in a cell, assigned by ATSS; quality focal loss, weighted so that objects pull as hard as under
     * cross-entropy; AdamW; subnets with normalization. Without normalization the subnets may not train at all.
     */
    private static TrainingSettings measured(TrainingSettings paper) {
        return paper.with(paper.network().withHeadNormalization(true).withPrior(null))
                .with(paper.matcher().withKind(MatcherKind.ATSS))
                .with(paper.loss().withKind(ClassLossKind.QUALITY_FOCAL).withClassWeight(null))
                .with(paper.optimizer()
                        .withKind(OptimizerKind.ADAMW)
                        .withLearningRate(null)
                        .withWeightDecay(null));
    }

    private static Input input(Dataset train) {
        List<Double> sizes = new ArrayList<>();
        List<Integer> shortSides = new ArrayList<>();
        double longest = 1;
        for (Picture picture : train.pictures()) {
            int shortSide = Math.min(picture.width(), picture.height());
            shortSides.add(shortSide);
            longest = Math.max(longest, (double) Math.max(picture.width(), picture.height()) / shortSide);
            for (Annotation a : picture.annotations()) {
                if (a.isObject()) {
                    sizes.add(Math.sqrt(a.box().area()));
                }
            }
        }
        Collections.sort(sizes);
        Collections.sort(shortSides);
        double shortSide = shortSides.isEmpty() ? LARGEST_SHORT_SIDE : shortSides.get(shortSides.size() / 2);
        double small = sizes.isEmpty() ? SMALL_OBJECT : sizes.get(sizes.size() / SMALL_SHARE);
        double scale = Math.max(0.25, Math.min(LARGEST_ENLARGEMENT, SMALL_OBJECT / small));
        double wanted = Math.min(LARGEST_SHORT_SIDE, shortSide * scale);
        int chosen = (int) Math.max(4 * SIDE_STEP, SIDE_STEP * Math.round(wanted / SIDE_STEP));
        double mostElongated = 2;
        return new Input(chosen, (int) Math.ceil(chosen * Math.min(longest, mostElongated)));
    }

    private static int epochs(Dataset train, Preset preset, Input input) {
        int pictures = Math.max(1, train.pictures().size());
        double pixels = (double) input.shortSide() * (input.shortSide() + input.longSide()) / 2;
        double secondsPerShowing = 3 * preset.gigaflop() * pixels / (256 * 256) / GIGAFLOP_PER_SECOND;
        double affordable = BUDGET_SECONDS * preset.budgetFactor() / (pictures * secondsPerShowing);
        double useful = SHOWINGS * preset.budgetFactor() / pictures;
        return (int) Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, Math.min(affordable, useful)));
    }
}
