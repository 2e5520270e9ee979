package io.hardmine.mining.ohem;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.Targets;
import io.hardmine.core.loss.ExampleSelection;
import io.hardmine.core.network.RawOutputs;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Selects every object anchor, and the background anchors with the highest classification loss: a few for each object
 * anchor of the picture (Liu et al. 2016, “SSD”, section 2.2). Background is suppressed by loss as in {@link
 * HardExampleSelection}. The losses are divided by the moving average of the number of object anchors, and the box loss
 * uses all object anchors. So a step is as large as without a selection.
 *
 * <p>In the first steps of a training every anchor counts. Random draws depend on the seed, the step and the picture's
 * index in the batch. Only one thread may use a selection at a time.
 */
public final class HardBackgroundSelection implements ExampleSelection {
    /** Least number of background anchors of a picture: one with few or no objects has mistakes to learn from too. */
    static final int FEWEST = 16;

    private final Settings settings;
    private final long seed;
    private final List<PictureSelection> pictures = new ArrayList<>();

    /**
     * Which background anchors are selected.
     *
     * @param backgroundPerObject background anchors for each object anchor, at least 1
     * @param suppressionIou of two background anchors with a higher IoU, the one with the lower loss is dropped; above
     *     0
     * @param burnIn share of the steps in which every anchor counts, in [0, 1]
     * @param pool background anchors are drawn at random from the hardest, {@code pool} times the wanted number; 0 and
     *     1 select the hardest without a draw
     */
    public record Settings(int backgroundPerObject, double suppressionIou, double burnIn, int pool) {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a value is out of range
         */
        public Settings {
            if (backgroundPerObject < 1 || !(suppressionIou > 0) || !(burnIn >= 0 && burnIn <= 1) || pool < 0) {
                throw new IllegalArgumentException(
                        "need background per object ≥ 1, suppression IoU > 0, burn-in in [0, 1] and pool ≥ 0: %d, %s, %s, %d"
                                .formatted(backgroundPerObject, suppressionIou, burnIn, pool));
            }
        }
    }

    /**
     * A selection.
     *
     * @param seed of the draws
     */
    public HardBackgroundSelection(Settings settings, long seed) {
        this.settings = settings;
        this.seed = seed;
    }

    @Override
    public String description() {
        return "HardBackgroundSelection" + settings;
    }

    @Override
    public ExampleSelection at(long step, long steps) {
        return step < settings.burnIn() * steps
                ? ALL
                : (grid, targets, outputs, losses) -> select(grid, targets, losses, step);
    }

    /** The selection of the first step, without a burn-in. */
    @Override
    public Selected select(AnchorGrid grid, Targets targets, RawOutputs outputs, float[] losses) {
        return select(grid, targets, losses, 0);
    }

    private Selected select(AnchorGrid grid, Targets targets, float[] losses, long step) {
        boolean[] counts = new boolean[targets.labels().length];
        while (pictures.size() < targets.batch()) {
            pictures.add(new PictureSelection(settings.suppressionIou()));
        }
        IntStream.range(0, targets.batch()).parallel().forEach(b -> select(grid, targets, losses, step, b, counts));
        double movingAverage = 0;
        return new Selected(counts, movingAverage);
    }

    private void select(AnchorGrid grid, Targets targets, float[] losses, long step, int picture, boolean[] counts) {
        int objects = 0;
        for (int r = picture * targets.anchors(); r < (picture + 1) * targets.anchors(); r++) {
            counts[r] = targets.labels()[r] >= 0;
            objects += counts[r] ? 1 : 0;
        }
        int wanted = Math.max(FEWEST, settings.backgroundPerObject() * objects);
        pictures.get(picture)
                .selectBackground(
                        wanted,
                        Math.max(1, settings.pool()),
                        grid.boxes(),
                        targets,
                        losses,
                        picture,
                        random(step, picture),
                        counts);
    }

    /**
     * The random numbers of one picture in one step. The step's seed is mixed, so that consecutive steps are unrelated.
     */
    private SplittableRandom random(long step, int picture) {
        long ofStep = new SplittableRandom(seed + step).nextLong();
        return new SplittableRandom(ofStep + picture);
    }
}
