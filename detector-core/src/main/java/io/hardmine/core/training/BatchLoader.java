package io.hardmine.core.training;

import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.detection.InputCanvas;
import io.hardmine.core.kernel.Shape;
import io.hardmine.datasets.DataException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Decodes and augments batches in background threads, a few ahead of the step that asks for them. */
final class BatchLoader implements AutoCloseable {
    private final BatchSampler sampler;
    private final InputChoice choice;
    private final long seed;
    private final long steps;
    private final ExecutorService workers;
    private final int ahead;
    private final Deque<Future<Batch>> queue = new ArrayDeque<>();
    private long nextStep;

    /**
     * Loads the batches of the steps from {@code firstStep} to before {@code steps}.
     *
     * @param choice what fills the sampler's places
     */
    BatchLoader(BatchSampler sampler, InputChoice choice, long seed, long firstStep, long steps, int threads) {
        this.sampler = sampler;
        this.choice = choice;
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

    /** The next step's batch; waits for it if it is not ready. */
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
            InputContent content = choice.at(slot.pictures().get(i), shape, step, random);
            groundTruths.add(content.paintOn(new InputCanvas(images, shape, i), random));
            names.addAll(content.names());
        }
        return new Batch(images, shape, groundTruths, slot.pictures(), names);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
