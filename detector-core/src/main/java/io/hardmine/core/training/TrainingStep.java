package io.hardmine.core.training;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.AnchorGrids;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.Matcher;
import io.hardmine.core.anchor.Targets;
import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.loss.DetectionLoss;
import io.hardmine.core.loss.ExampleSelection;
import io.hardmine.core.loss.Losses;
import io.hardmine.core.network.PlannedNetwork;
import io.hardmine.core.network.RawOutputs;
import io.hardmine.core.network.RetinaNet;

/** The training step, put together from its parts, and everything that it changes. For one thread. */
public final class TrainingStep implements AutoCloseable {
    private final RetinaNet network;
    private final AnchorGrids grids;
    private final Matcher matcher;
    private final DetectionLoss loss;
    private final ExampleSelection selection;
    private final long steps;
    private final Optimizer optimizer;
    private final Kernels kernels;
    private final PlannedNetwork planned;
    private Losses losses;

    /**
     * A step of the given parts. {@link #close} closes the optimizer and the kernels; the network is the caller's, to
     * be closed after the step.
     *
     * @param network changed in place
     * @param anchors of the network's outputs
     * @param matcher assigns targets to the anchors
     * @param loss to minimize
     * @param selection chooses the anchors that are trained on
     * @param steps of the whole training
     * @param optimizer over the network's parameters
     * @param kernels over the network's parameters
     */
    public TrainingStep(
            RetinaNet network,
            AnchorShapes anchors,
            Matcher matcher,
            DetectionLoss loss,
            ExampleSelection selection,
            long steps,
            Optimizer optimizer,
            Kernels kernels) {
        this.network = network;
        grids = new AnchorGrids(anchors);
        this.matcher = matcher;
        this.loss = loss;
        this.selection = selection;
        this.steps = steps;
        this.optimizer = optimizer;
        this.kernels = kernels;
        planned = new PlannedNetwork(network, kernels, true);
    }

    /**
     * A step of the parts that settings name, on the given kernels. The network is the caller's.
     *
     * @param settings with a number in place of each setting that is left to a rule
     * @param steps of the whole training
     */
    public static TrainingStep of(
            RetinaNet network,
            AnchorShapes anchors,
            TrainingSettings settings,
            ExampleSelection selection,
            long steps,
            KernelProvider provider) {
        Kernels kernels =
                provider.open(network.parameters(), settings.precision().on(provider));
        return new TrainingStep(
                network,
                anchors,
                settings.matcher().create(),
                settings.loss().create(),
                selection,
                steps,
                settings.optimizer().create(network.parameters(), steps),
                kernels);
    }

    /**
     * Does one step.
     *
     * @param step steps done before, from 0 on
     * @param epoch counted from 0
     * @param rate learning rate
     * @param waited milliseconds that were spent waiting for the batch, for the report
     * @throws NotFiniteException if a loss or the gradient is not a finite number; the weights stay as before
     */
    public StepReport run(Batch batch, long step, int epoch, double rate, double waited) {
        Stopwatch watch = new Stopwatch();
        AnchorGrid grid = grids.of(batch.shape());
        Targets targets = matcher.match(grid, batch.groundTruths());
        double match = watch.lap();
        RawOutputs outputs = planned.forward(batch.images(), batch.shape());
        double forward = watch.lap();
        losses = loss.evaluate(grid, outputs, targets, selection.at(step, steps));
        requireFinite(losses.total(), "loss", batch, step);
        double lossTime = watch.lap();
        planned.backward(losses.gradients());
        double backward = watch.lap();
        double norm = optimizer.update(rate, step);
        requireFinite(norm, "gradient", batch, step);
        kernels.upload();
        double update = watch.lap();
        return new StepReport(
                step + 1,
                epoch + 1,
                losses.classification(),
                losses.box(),
                rate,
                norm,
                optimizer.clips(norm),
                targets.positives(),
                new StepReport.Times(waited, match, forward, lossTime, backward, update));
    }

    private static void requireFinite(double value, String what, Batch batch, long step) {
        if (!Double.isFinite(value)) {
            throw new NotFiniteException(
                    "the %s is %s at step %d, on %s; a lower learning rate or a longer warm-up helps"
                            .formatted(what, value, step + 1, String.join(", ", batch.names())));
        }
    }

    /** Losses of the last batch; null before the first. */
    Losses losses() {
        return losses;
    }

    /** Hands the network's parameters to the kernels after they were changed from outside. */
    void parametersChanged() {
        kernels.upload();
    }

    /** Name of the kernels, for display. */
    public String implementation() {
        return kernels.implementation();
    }

    /** Number format of the convolutions. */
    public String precision() {
        return kernels.precision();
    }

    RetinaNet network() {
        return network;
    }

    Optimizer optimizer() {
        return optimizer;
    }

    DetectionLoss loss() {
        return loss;
    }

    @Override
    public void close() {
        planned.close();
        kernels.close();
        optimizer.close();
    }
}
