package io.hardmine.core.training;

import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.KnownPicture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.opencv.core.Mat;

/** Decodes and augments batches in background threads, a few ahead of the step that asks for them. */
final class BatchLoader implements AutoCloseable {
    private final BatchSampler sampler;
    private final Preprocessing preprocessing;
    private final Augmentation augmentation;
    private final BackgroundSource background;
    private final long seed;
    private final long steps;
    private final ExecutorService workers;
    private final int ahead;
    private final Deque<Future<Batch>> queue = new ArrayDeque<>();
    private long nextStep;

    /**
     * Loads the batches of the steps from {@code firstStep} to before {@code steps}.
     *
     * @param background what fills the sampler's background places
     */
    BatchLoader(
            BatchSampler sampler,
            Preprocessing preprocessing,
            Augmentation augmentation,
            BackgroundSource background,
            long seed,
            long firstStep,
            long steps,
            int threads) {
        this.sampler = sampler;
        this.preprocessing = preprocessing;
        this.augmentation = augmentation;
        this.background = background;
        this.seed = seed;
        this.steps = steps;
        nextStep = firstStep;
        ahead = threads + 2;
        workers = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "batch-loader");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The next step's batch; waits for it where it is not ready. */
    Batch next() throws InterruptedException {
        while (queue.size() < ahead && nextStep < steps) {
            long step = nextStep++;
            queue.add(workers.submit(() -> load(step)));
        }
        try {
            return queue.remove().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DataException data) {
                throw data;
            }
            throw new IllegalStateException("loading a batch failed", e.getCause());
        }
    }

    private Batch load(long step) {
        BatchSampler.Slot slot = sampler.at(step);
        long epoch = step / sampler.stepsPerEpoch();
        Shape shape = slot.canvas();
        float[] images = new float[shape.length()];
        List<GroundTruth> groundTruths = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < slot.pictures().size(); i++) {
            SplittableRandom random = slot.randomness(i, seed, epoch);
            InputContent showing = slot.pictures()
                    .get(i)
                    .<InputContent>map(InputContent.Whole::new)
                    .orElseGet(() -> background.draw(shape, random));
            if (showing instanceof InputContent.Whole whole) {
                groundTruths.add(show(whole.picture(), random, images, shape, i));
                names.add(whole.picture().name());
            } else if (showing instanceof InputContent.Mosaic mosaic) {
                groundTruths.add(show(mosaic, images, shape, i));
                mosaic.tiles().forEach(tile -> names.add(tile.crop().name()));
            }
        }
        return new Batch(images, shape, groundTruths, slot.pictures(), names);
    }

    private GroundTruth show(Picture picture, SplittableRandom random, float[] images, Shape shape, int index) {
        Mat pixels = KnownPicture.decode(picture);
        try {
            ImageTransform transform = augmentation.place(preprocessing, pixels.cols(), pixels.rows(), shape, random);
            Preprocessing.write(pixels, transform, images, shape, index);
            return scene(picture, transform, shape, background.regions(picture));
        } finally {
            pixels.release();
        }
    }

    private static GroundTruth show(InputContent.Mosaic mosaic, float[] images, Shape shape, int index) {
        List<Box> areas = new ArrayList<>();
        List<Annotation> annotations = new ArrayList<>();
        for (InputContent.Tile tile : mosaic.tiles()) {
            InputContent.Crop crop = tile.crop();
            Preprocessing.normalize(
                    crop.bgr(), crop.width(), tile.mirrored(), images, shape, index, tile.left(), tile.top());
            areas.add(new Box(tile.left(), tile.top(), crop.width(), crop.height()));
            annotations.addAll(tile.annotations());
        }
        return new GroundTruth(annotations, new Box(0, 0, shape.width(), shape.height()), areas);
    }

    /** What is left of a picture's annotations in the input. */
    static GroundTruth scene(Picture picture, ImageTransform transform, Shape shape, List<Box> regions) {
        List<Box> counted = regions == null
                ? null
                : regions.stream().map(transform::toInput).toList();
        return new GroundTruth(
                VisibleObjects.of(picture.annotations(), transform, shape.width(), shape.height()),
                transform.area(shape.width(), shape.height()),
                counted);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
