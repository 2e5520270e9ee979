package io.hardmine.core.training;

import io.hardmine.core.anchor.Scene;
import io.hardmine.core.detection.Placement;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.PictureDecoder;
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
    /** Of a box that the input's edge cuts, less than this share left is neither object nor background. */
    private static final double LEAST_VISIBLE = 0.4;

    private final Curriculum curriculum;
    private final Preprocessing preprocessing;
    private final Augmentation augmentation;
    private final long seed;
    private final long steps;
    private final ExecutorService workers;
    private final int ahead;
    private final Deque<Future<Batch>> queue = new ArrayDeque<>();
    private long nextStep;

    BatchLoader(
            Curriculum curriculum,
            Preprocessing preprocessing,
            Augmentation augmentation,
            long seed,
            long firstStep,
            long steps,
            int threads) {
        this.curriculum = curriculum;
        this.preprocessing = preprocessing;
        this.augmentation = augmentation;
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
        Curriculum.Slot slot = curriculum.at(step);
        long epoch = step / curriculum.stepsPerEpoch();
        Shape shape = slot.canvas();
        float[] images = new float[shape.length()];
        List<Scene> scenes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < slot.pictures().size(); i++) {
            Picture picture = slot.pictures().get(i);
            // a picture that fills up a batch gets other randomness than its first showing
            SplittableRandom random = Randomness.of(seed, epoch, slot.places().get(i) + ((long) i << 32));
            Mat pixels = PictureDecoder.decode(picture.file());
            try {
                Placement placement = augmentation.place(preprocessing, pixels.cols(), pixels.rows(), shape, random);
                Preprocessing.write(pixels, placement, images, shape, i);
                scenes.add(scene(picture, placement, shape));
                names.add(picture.name());
            } finally {
                pixels.release();
            }
        }
        return new Batch(images, shape, scenes, names);
    }

    /** What is left of a picture's annotations in the input. */
    static Scene scene(Picture picture, Placement placement, Shape shape) {
        List<Annotation> seen = new ArrayList<>();
        for (Annotation annotation : picture.annotations()) {
            Box moved = placement.toInput(annotation.box());
            Box visible = moved.clip(shape.width(), shape.height());
            if (visible.width() < 1 || visible.height() < 1) {
                continue;
            }
            Annotation kept = annotation.withBox(visible);
            boolean enough = visible.area() >= LEAST_VISIBLE * moved.area();
            seen.add(enough ? kept : kept.asIgnored());
        }
        return new Scene(seen, placement.area(shape.width(), shape.height()));
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
