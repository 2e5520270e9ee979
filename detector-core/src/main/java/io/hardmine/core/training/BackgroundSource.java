package io.hardmine.core.training;

import io.hardmine.core.kernel.Shape;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Picture;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Source of a run's background inputs: nothing ({@link #NONE}), a list of pictures ({@link FolderBackground}), or
 * bootstrapping, which implements this interface. A source changes only in {@link #renew}, between two steps. Between
 * renewals its results depend only on the arguments, so that a resumed run sees the same inputs.
 */
public interface BackgroundSource {
    /** No background inputs. */
    BackgroundSource NONE = new BackgroundSource() {
        @Override
        public String description() {
            return "none";
        }

        @Override
        public List<Picture> pictures() {
            return List.of();
        }

        @Override
        public int perEpoch(int wanted) {
            return 0;
        }

        @Override
        public InputContent draw(Shape canvas, RandomPlacement placement, SplittableRandom random) {
            throw new IllegalStateException("there is no background to draw from");
        }
    };

    /** One line that distinguishes it from another source; part of a run's fingerprint and a model's provenance. */
    String description();

    /** All pictures that its inputs come from; part of a run's fingerprint. */
    List<Picture> pictures();

    /**
     * Background inputs in every epoch.
     *
     * @param wanted number that the settings ask for
     * @return at most {@code wanted}
     */
    default int perEpoch(int wanted) {
        return wanted;
    }

    /**
     * Chooses the content of a background place of a batch.
     *
     * @param canvas shape of the batch
     * @param placement of pictures that are shown whole
     * @param random source of the choice
     */
    InputContent draw(Shape canvas, RandomPlacement placement, SplittableRandom random);

    /** Regions of a picture in which background anchors are trained, in pixels of the picture; null for all of it. */
    default List<Box> regions(Picture picture) {
        return null;
    }

    /**
     * Steps before which the source is renewed, ascending; the first is 0. Empty if it never changes.
     *
     * @param steps of the whole run
     * @param warmup steps of rising learning rate
     */
    default List<Long> renewals(long steps, long warmup) {
        return List.of();
    }

    /**
     * Renews the source; called before each step of {@link #renewals}. If an earlier run finished the same renewal and
     * was killed afterwards, its result is reused.
     *
     * @return false if it was asked to stop before it was done
     */
    default boolean renew(Renewal renewal) throws IOException, InterruptedException {
        return true;
    }

    /**
     * Restores the state after the first {@code renewals} renewals of a resumed run; 0 clears it.
     *
     * @throws io.hardmine.datasets.DataException if that state is missing or damaged
     */
    default void restore(int renewals) throws IOException {
        // a source that is never renewed has no state
    }

    /**
     * A renewal.
     *
     * @param number counted from 0
     * @param step steps done
     * @param model model of the averaged weights; closed when {@link #renew} returns
     * @param shown background inputs that {@link #draw} gave since the last renewal
     * @param stopping whether the run was asked to stop
     */
    record Renewal(int number, long step, TrainedModel model, List<InputContent> shown, BooleanSupplier stopping) {}
}
