package io.hardmine.core.training;

import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Picture;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** How long a step of a task takes. */
final class StepTime {
    private static final int STEPS = 3;

    private StepTime() {}

    /**
     * Times a few steps of a network of the same shape, so that the run's own network stays untouched. The batches hold
     * annotated pictures alone, since background may not be chosen yet.
     *
     * @param steps of the whole training
     * @param kernels that run it
     * @param rate learning rate of the first steps
     * @param stopping asked before each step whether to end early; the result is then of no use
     * @return the median
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
        double[] times = new double[STEPS];
        try (RetinaNet twin = RetinaNet.initialized(architecture, settings.seed(), kernels.block());
                TrainingStep step = TrainingStep.of(twin, anchors, settings, task.selection(), steps, kernels);
                BatchLoader loader = new BatchLoader(
                        sampler,
                        InputChoice.of(task, placement, Long.MAX_VALUE),
                        settings.seed(),
                        0,
                        STEPS,
                        settings.loaderThreads())) {
            for (int i = 0; i < STEPS && !stopping.getAsBoolean(); i++) {
                Batch batch = loader.next();
                Stopwatch watch = new Stopwatch();
                step.run(batch, i, 0, rate.at(i), 0);
                times[i] = watch.lap();
            }
        }
        Arrays.sort(times);
        return Duration.ofNanos((long) (times[STEPS / 2] * 1e6));
    }
}
