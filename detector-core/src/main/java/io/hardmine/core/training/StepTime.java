package io.hardmine.core.training;

import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Picture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** How long a step of a task takes. */
final class StepTime {
    /** At least; the first ones run on code that the virtual machine has not compiled yet. */
    private static final int FEWEST = 3;

    private static final int MOST = 40;
    private static final double ENOUGH_MILLISECONDS = 4_000;

    private StepTime() {}

    /**
     * Times a few steps of a network of the same shape, so that the run's own network stays untouched. The batches hold
     * annotated pictures alone, since background may not be chosen yet.
     *
     * @param steps of the whole training
     * @param kernels that run it
     * @param rate learning rate of the first steps
     * @param stopping asked before each step whether to end early; the result is then of no use
     * @return the median of the last half of them
     */
    static Duration measure(
            TrainingTask task,
            Architecture architecture,
            AnchorShapes anchors,
            long steps,
            KernelProvider kernels,
            Schedule rate,
            BooleanSupplier stopping)
            throws InterruptedException {
        TrainingSettings settings = task.settings();
        RandomPlacement placement = RandomPlacement.of(settings);
        List<Picture> pictures = task.train().pictures();
        int noBackground = 0;
        BatchSampler sampler = new BatchSampler(
                pictures,
                noBackground,
                settings.schedule().batch(),
                settings.seed(),
                placement.preprocessing(),
                RepeatFactors.ONCE,
                new ImageLossHistory(pictures));
        List<Double> times = new ArrayList<>();
        try (RetinaNet twin = RetinaNet.initialized(architecture, settings.seed(), kernels.block());
                TrainingStep step = TrainingStep.of(twin, anchors, settings, task.selection(), steps, kernels);
                BatchLoader loader = new BatchLoader(
                        sampler,
                        InputChoice.of(task, placement, Long.MAX_VALUE),
                        settings.seed(),
                        0,
                        MOST,
                        settings.loaderThreads())) {
            double spent = 0;
            for (int i = 0; i < MOST && (i < FEWEST || spent < ENOUGH_MILLISECONDS); i++) {
                if (stopping.getAsBoolean()) {
                    return Duration.ZERO;
                }
                Batch batch = loader.next();
                Stopwatch watch = new Stopwatch();
                step.run(batch, i, 0, rate.at(i), 0);
                double time = watch.lap();
                times.add(time);
                spent += time;
            }
        }
        List<Double> warm =
                times.subList(times.size() / 2, times.size()).stream().sorted().toList();
        return Duration.ofNanos((long) (warm.get(warm.size() / 2) * 1e6));
    }
}
