package io.hardmine.mining.ohem;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.Targets;
import io.hardmine.core.loss.ExampleSelection;
import io.hardmine.core.network.RawOutputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Selects the anchors of each picture with the highest classification loss (Shrivastava et al. 2016, section 4), after
 * suppression by loss: neighboring anchors make the same mistake, which must count only once. Suppression compares the
 * anchors' own boxes. It works separately among background anchors and among the anchors of each object, so that
 * background never suppresses an object beside it. Equal losses are ordered by the anchor's number. Losses are divided
 * by the number of examples selected in the batch.
 *
 * <p>Keeps its arrays from step to step, so only one thread may use it at a time.
 */
public final class HardExampleSelection implements ExampleSelection {
    private final OhemSettings settings;
    private final List<PictureSelection> pictures = new ArrayList<>();
    private boolean[] counts = new boolean[0];

    /** A selection with the given bounds. */
    public HardExampleSelection(OhemSettings settings) {
        this.settings = settings;
    }

    @Override
    public String description() {
        return settings.toString();
    }

    @Override
    public Selected select(AnchorGrid grid, Targets targets, RawOutputs outputs, float[] losses) {
        if (counts.length != targets.labels().length) {
            counts = new boolean[targets.labels().length];
        }
        Arrays.fill(counts, false);
        while (pictures.size() < targets.batch()) {
            pictures.add(new PictureSelection(settings.suppressionIou()));
        }
        int selected = IntStream.range(0, targets.batch())
                .parallel()
                .map(b -> pictures.get(b).select(settings, grid.boxes(), targets, losses, b, counts))
                .sum();
        return new Selected(counts, Math.max(1, selected));
    }
}
