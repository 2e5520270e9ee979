package io.hardmine.core.training;

import java.io.IOException;
import java.time.Duration;

/** The state of a run, in memory and on disk. A step that was interrupted is never saved. */
final class RunState implements AutoCloseable {
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMinutes(2);

    private final RunFolder folder;
    private final TrainingStep step;
    private final ImageLossHistory losses;
    private final Metrics metrics;
    private Checkpoint.Progress progress;
    private boolean isWhole = true;
    private boolean isSaved;
    private long checkpointedSteps;
    private long lastSaved = System.nanoTime();

    /**
     * State of a new or a resumed run.
     *
     * @param isSaved whether a checkpoint of this progress exists
     */
    RunState(
            RunFolder folder, TrainingStep step, ImageLossHistory losses, Checkpoint.Progress progress, boolean isSaved)
            throws IOException {
        this.folder = folder;
        this.step = step;
        this.losses = losses;
        this.progress = progress;
        this.isSaved = isSaved;
        checkpointedSteps = isSaved ? progress.step() : -1;
        metrics = new Metrics(folder.metrics(), progress.step(), progress.validated());
    }

    Checkpoint.Progress progress() {
        return progress;
    }

    TrainingStep step() {
        return step;
    }

    Metrics metrics() {
        return metrics;
    }

    /** Number of steps that the checkpoint holds; -1 if there is no checkpoint. */
    long checkpointedSteps() {
        return checkpointedSteps;
    }

    /** Marks the state as incomplete: it must not be saved until {@link #advance}. */
    void change() {
        isWhole = false;
    }

    /** Marks the state as complete, with this progress. */
    void advance(Checkpoint.Progress next) {
        progress = next;
        isWhole = true;
        isSaved = false;
    }

    /** Whether the last save is more than two minutes ago. */
    boolean isDue() {
        return System.nanoTime() - lastSaved > BETWEEN_CHECKPOINTS.toNanos();
    }

    /** Saves the state if it changed since it was last saved. */
    void save() throws IOException {
        if (!isSaved) {
            metrics.flush();
            Checkpoint.write(folder, step, losses, progress);
            isSaved = true;
            checkpointedSteps = progress.step();
        }
        lastSaved = System.nanoTime();
    }

    /** Saves the state after a failure, if no step was interrupted and all weights are finite. */
    void rescue(Throwable failure) {
        boolean isFit = isWhole && step.network().parameters().firstNotFinite() == null;
        if (progress.step() > 0 && isFit) {
            try {
                save();
            } catch (IOException | RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        metrics.close();
    }
}
