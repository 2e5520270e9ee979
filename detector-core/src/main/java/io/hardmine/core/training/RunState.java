package io.hardmine.core.training;

import java.io.IOException;
import java.time.Duration;

/** Where a run stands, in memory and on disk. A step that was cut short is never saved. */
final class RunState implements AutoCloseable {
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMinutes(2);

    private final RunFolder folder;
    private final TrainingStep step;
    private final ImageLossHistory losses;
    private final Metrics metrics;
    private Checkpoint.Progress progress;
    private boolean isWhole = true;
    private boolean isSaved;
    private long kept;
    private long lastSaved = System.nanoTime();

    /**
     * A run that begins or goes on.
     *
     * @param isSaved whether this progress is on disk already
     */
    RunState(
            RunFolder folder, TrainingStep step, ImageLossHistory losses, Checkpoint.Progress progress, boolean isSaved)
            throws IOException {
        this.folder = folder;
        this.step = step;
        this.losses = losses;
        this.progress = progress;
        this.isSaved = isSaved;
        kept = isSaved ? progress.step() : -1;
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

    /** Steps that the checkpoint holds; -1 if there is none. */
    long kept() {
        return kept;
    }

    /** What the run consists of is about to change; until {@link #advance} it must not be saved. */
    void change() {
        isWhole = false;
    }

    /** The change is complete. */
    void advance(Checkpoint.Progress next) {
        progress = next;
        isWhole = true;
        isSaved = false;
    }

    /** Whether much would be lost by now. */
    boolean isDue() {
        return System.nanoTime() - lastSaved > BETWEEN_CHECKPOINTS.toNanos();
    }

    /** Saves it, if that is not done. */
    void save() throws IOException {
        if (!isSaved) {
            metrics.flush();
            Checkpoint.write(folder, step, losses, progress);
            isSaved = true;
            kept = progress.step();
        }
        lastSaved = System.nanoTime();
    }

    /** Saves what a failure would lose, if it left the weights fit to go on with. */
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
