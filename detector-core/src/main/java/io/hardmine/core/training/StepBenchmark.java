package io.hardmine.core.training;

import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.kernel.Precision;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.loss.ExampleSelection;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.FoldedNetwork;
import io.hardmine.core.network.PlannedNetwork;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.core.training.TrainingSettings.BackboneKind;
import io.hardmine.core.training.TrainingSettings.Input;
import io.hardmine.core.training.TrainingSettings.Network;
import io.hardmine.core.training.TrainingSettings.PrecisionChoice;
import io.hardmine.core.training.TrainingSettings.ScheduleSettings;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Times the trainer's own step, and inference, on pictures of noise with random objects. */
public final class StepBenchmark {
    private static final int CLASSES = 3;
    private static final int OBJECTS = 12;
    private static final int WARMUP = 15;

    private StepBenchmark() {}

    /**
     * The network and the steps to time.
     *
     * @param size side of the square pictures
     * @param batch pictures of a step
     * @param width of the ResNet-18-shaped backbone
     * @param pyramidChannels of pyramid and subnets
     * @param runs number of timed runs; results are their medians
     * @param precision number format of the convolutions
     */
    public record Setup(int size, int batch, int width, int pyramidChannels, int runs, PrecisionChoice precision) {}

    /**
     * Medians in milliseconds.
     *
     * @param forward inference, from plain pixels to plain outputs
     * @param step whole training step
     * @param fastestStep shortest step of all runs
     * @param slowestStep longest step of all runs
     * @param parts of the step
     * @param implementation name of the kernels
     * @param precision number format of their convolutions
     */
    public record Result(
            double forward,
            double step,
            double fastestStep,
            double slowestStep,
            StepReport.Times parts,
            String implementation,
            String precision) {}

    /** Whole steps in milliseconds, in rising order, medians of their parts, and what ran them. */
    private record Steps(double[] whole, StepReport.Times parts, String implementation, String precision) {}

    /** Runs the benchmark on the best kernels. */
    public static Result run(Setup setup) {
        Network size = new Network(BackboneKind.RESNET18, setup.width(), setup.pyramidChannels(), 4, false, 0.01);
        // the paper's nine anchors, loss and optimizer, so that steps of other programs are comparable
        TrainingSettings settings = TrainingSettings.of(
                        size, new Input(setup.size(), setup.size()), ScheduleSettings.of(1))
                .with(setup.precision());
        Architecture architecture =
                size.architecture(CLASSES, AnchorShapes.paper().perCell());
        KernelProvider kernels = KernelProvider.best();
        try (RetinaNet network = RetinaNet.initialized(architecture, 1, kernels.block())) {
            Batch batch = batch(setup);
            Steps steps = steps(setup, network, settings, batch, kernels);
            double[] whole = steps.whole();
            // last, so that it reuses the memory that the trainer freed
            double forward = forward(setup, network, batch, kernels);
            return new Result(
                    forward,
                    whole[whole.length / 2],
                    whole[0],
                    whole[whole.length - 1],
                    steps.parts(),
                    steps.implementation(),
                    steps.precision());
        }
    }

    private static Steps steps(
            Setup setup, RetinaNet network, TrainingSettings settings, Batch batch, KernelProvider kernels) {
        double rate = 1e-4;
        List<StepReport.Times> steps = new ArrayList<>();
        double[] whole = new double[setup.runs()];
        try (TrainingStep step = TrainingStep.of(
                network, AnchorShapes.paper(), settings, ExampleSelection.ALL, WARMUP + setup.runs(), kernels)) {
            for (int i = -WARMUP; i < setup.runs(); i++) {
                Stopwatch watch = new Stopwatch();
                StepReport report = step.run(batch, i + WARMUP, 0, rate, 0);
                double elapsed = watch.lap();
                if (i >= 0) {
                    whole[i] = elapsed;
                    steps.add(report.times());
                }
            }
            Arrays.sort(whole);
            StepReport.Times parts = new StepReport.Times(
                    0,
                    median(steps, StepReport.Times::match),
                    median(steps, StepReport.Times::forward),
                    median(steps, StepReport.Times::loss),
                    median(steps, StepReport.Times::backward),
                    median(steps, StepReport.Times::update));
            return new Steps(whole, parts, step.implementation(), step.precision());
        }
    }

    private static double forward(Setup setup, RetinaNet network, Batch batch, KernelProvider kernels) {
        Precision precision = setup.precision().on(kernels);
        double[] times = new double[setup.runs()];
        try (FoldedNetwork folded = FoldedNetwork.of(network, kernels, precision);
                PlannedNetwork planned = folded.planned()) {
            for (int i = -WARMUP; i < times.length; i++) {
                Stopwatch watch = new Stopwatch();
                planned.forward(batch.images(), batch.shape());
                double elapsed = watch.lap();
                if (i >= 0) {
                    times[i] = elapsed;
                }
            }
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static double median(List<StepReport.Times> steps, ToDoubleFunction<StepReport.Times> part) {
        double[] sorted = steps.stream().mapToDouble(part).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static Batch batch(Setup setup) {
        SplittableRandom random = new SplittableRandom(1);
        Shape shape = new Shape(setup.batch(), setup.size(), setup.size(), 3);
        float[] images = new float[shape.length()];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) (2 * random.nextDouble() - 1);
        }
        List<GroundTruth> groundTruths = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int b = 0; b < setup.batch(); b++) {
            List<Annotation> objects = new ArrayList<>();
            for (int o = 0; o < OBJECTS; o++) {
                double w = setup.size() * (0.1 + 0.3 * random.nextDouble());
                double h = setup.size() * (0.1 + 0.3 * random.nextDouble());
                double x = (setup.size() - w) * random.nextDouble();
                double y = (setup.size() - h) * random.nextDouble();
                objects.add(Annotation.of(new Box(x, y, w, h), random.nextInt(CLASSES)));
            }
            groundTruths.add(new GroundTruth(objects, new Box(0, 0, setup.size(), setup.size())));
            names.add("made up " + b);
        }
        return new Batch(images, shape, groundTruths, List.of(), names);
    }
}
