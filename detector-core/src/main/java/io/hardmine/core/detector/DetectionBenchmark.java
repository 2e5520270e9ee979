package io.hardmine.core.detector;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.IouMatcher;
import io.hardmine.core.detection.PostProcessing;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.model.DataOrigin;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Category;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Times {@link Detector#detect(Path)}: decoding, resizing, network, boxes, suppression. The weights are random, and the
 * prior lets thousands of candidates pass the score floor. That is more work than with any trained detector.
 */
public final class DetectionBenchmark {
    private static final int CLASSES = 3;
    private static final double PRIOR = 0.06;
    private static final int WARMUP = 5;

    private DetectionBenchmark() {}

    /**
     * What to time.
     *
     * @param picture a picture file
     * @param shortSide of the input, in pixels; the long side may be twice as long
     * @param width of the ResNet-18-shaped backbone
     * @param pyramidChannels of the pyramid
     * @param runs timed pictures for each calling thread
     */
    public record Setup(Path picture, int shortSide, int width, int pyramidChannels, int runs) {}

    /**
     * The measured time.
     *
     * @param milliseconds of one picture, from one thread; the median
     * @param detections number of detections in the picture
     */
    public record Result(double milliseconds, int detections) {}

    private static Detector detector(Setup setup) {
        Architecture architecture = new Architecture(
                CLASSES,
                AnchorShapes.paper().perCell(),
                Architecture.BackboneShape.resnet18(setup.width()),
                setup.pyramidChannels(),
                4,
                PRIOR);
        List<Category> categories = IntStream.rangeClosed(1, CLASSES)
                .mapToObj(i -> new Category(i, "class " + i))
                .toList();
        TrainedModel.Description description = new TrainedModel.Description(
                architecture,
                categories,
                new Preprocessing(setup.shortSide(), 2 * setup.shortSide()),
                AnchorShapes.paper(),
                IouMatcher.paper(),
                PostProcessing.paper(),
                Collections.nCopies(CLASSES, 0.0),
                DataOrigin.UNKNOWN,
                JsonNodeFactory.instance.objectNode());
        try (TrainedModel model = new TrainedModel(description, RetinaNet.initialized(architecture, 1))) {
            return Detector.of(model).open();
        }
    }

    /** One thread, one picture after the other. */
    public static Result latency(Setup setup) {
        double[] times = new double[setup.runs()];
        int found = 0;
        try (Detector detector = detector(setup)) {
            for (int i = -WARMUP; i < times.length; i++) {
                long start = System.nanoTime();
                found = detector.detect(setup.picture()).size();
                if (i >= 0) {
                    times[i] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        Arrays.sort(times);
        return new Result(times[times.length / 2], found);
    }

    /** Pictures a second when several threads call one detector. */
    public static double throughput(Setup setup, int threads) throws InterruptedException {
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try (Detector detector = detector(setup)) {
            for (int i = 0; i < WARMUP; i++) {
                detector.detect(setup.picture());
            }
            List<Future<?>> running = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < setup.runs() * threads; i++) {
                running.add(callers.submit(() -> detector.detect(setup.picture())));
            }
            for (Future<?> one : running) {
                one.get();
            }
            return setup.runs() * threads / ((System.nanoTime() - start) / 1e9);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a detection failed", e.getCause());
        } finally {
            callers.shutdownNow();
        }
    }
}
