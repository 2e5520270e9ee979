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
 * Where a run's background inputs come from when they are not just pictures drawn from a folder: bootstrapping plugs in
 * here. What it holds changes only in {@link #renew}, between two steps; in between, what it answers depends on nothing but
 * its arguments, so that a resumed run sees the same.
 */
public interface BackgroundSource {
    /** What distinguishes it from another source, in a line: part of a run's fingerprint and a model's provenance. */
    String description();

    /**
     * Steps before which it is renewed, ascending; the first is 0.
     *
     * @param steps of the whole run
     * @param warmup steps of rising learning rate
     */
    List<Long> renewals(long steps, long warmup);

    /**
     * Renews what it holds. Where the same renewal was finished before, by a run that was then killed, its result is taken.
     *
     * @return false where it was asked to stop before it was done
     */
    boolean renew(Renewal renewal) throws IOException, InterruptedException;

    /**
     * Takes up what the first so many renewals left, of a run that is resumed; 0 forgets all.
     *
     * @throws io.hardmine.datasets.DataException where it is missing or damaged
     */
    void restore(int renewals) throws IOException;

    /** What a background place of a batch shows. */
    InputContent draw(Shape canvas, SplittableRandom random);

    /** Where background counts in a picture, in its pixels; null for everywhere. */
    List<Box> regions(Picture picture);

    /**
     * A renewal.
     *
     * @param number counted from 0
     * @param step steps done
     * @param model averaged weights and how they are used; closed when {@link #renew} returns
     * @param shown what {@link #draw} gave since the last renewal
     * @param stopping whether the run was asked to stop
     */
    record Renewal(int number, long step, TrainedModel model, List<InputContent> shown, BooleanSupplier stopping) {}
}
