package io.hardmine.core.training;

import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Picture;
import java.util.List;

/**
 * Steps of a new network with the architecture of a run, so that the run's own network stays untouched. The batches
 * hold only annotated pictures, since background may not be chosen yet.
 */
final class TrialSteps implements AutoCloseable {
    private final RetinaNet network;
    private final TrainingStep step;
    private final BatchLoader loader;
    private long done;

    /**
     * A trial.
     *
     * @param steps of the whole training
     * @param kernels of the network
     * @param most largest number of steps of the trial
     */
    TrialSteps(
            TrainingTask task,
            Architecture architecture,
            AnchorShapes anchors,
            long steps,
            KernelProvider kernels,
            int most) {
        TrainingSettings settings = task.settings();
        RandomPlacement placement = RandomPlacement.of(settings);
        List<Picture> pictures = task.train().pictures();
        BatchSampler sampler = BatchSampler.ofAnnotated(pictures, settings, placement.preprocessing());
        network = RetinaNet.initialized(architecture, settings.seed(), kernels.block());
        step = TrainingStep.of(network, anchors, settings, task.selection(), steps, kernels);
        loader = new BatchLoader(
                sampler,
                InputChoice.of(task, placement, Long.MAX_VALUE),
                settings.seed(),
                0,
                most,
                settings.loaderThreads());
    }

    /**
     * Does the next step.
     *
     * @param rate learning rate
     * @throws NotFiniteException if a loss or the gradient is not a finite number
     */
    StepReport run(double rate) throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        Batch batch = loader.next();
        return step.run(batch, done++, 0, rate, watch.lap());
    }

    @Override
    public void close() {
        loader.close();
        step.close();
        network.close();
    }
}
