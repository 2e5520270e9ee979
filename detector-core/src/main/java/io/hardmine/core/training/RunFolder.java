package io.hardmine.core.training;

import io.hardmine.datasets.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Paths of the files of a training run.
 *
 * @param root the folder
 */
public record RunFolder(Path root) {
    /** The finished model. */
    public Path model() {
        return root.resolve("model.zip");
    }

    /** The model with the best validation score so far. */
    public Path best() {
        return checkpoints().resolve("best.zip");
    }

    /** The state after the last saved step. */
    public Path last() {
        return checkpoints().resolve("last.zip");
    }

    /** The state that was saved before {@link #last}. */
    public Path previous() {
        return checkpoints().resolve("previous.zip");
    }

    /** A state that is being saved. */
    Path next() {
        return checkpoints().resolve("next.zip");
    }

    /** The log of steps and validations, one JSON object a line. */
    public Path metrics() {
        return root.resolve("metrics.jsonl");
    }

    /** Whether there is a saved state to resume from. */
    public boolean hasCheckpoint() {
        return Files.exists(last()) || Files.exists(previous());
    }

    private Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** Makes the folders and deletes what a killed run left unfinished; the folder's lock must be held. */
    void open() throws IOException {
        Files.createDirectories(checkpoints());
        for (Path folder : List.of(root, checkpoints())) {
            AtomicFile.clearParts(folder);
        }
        Files.deleteIfExists(next());
    }

    /** Deletes the states and the best model of an earlier run. */
    void clear() throws IOException {
        for (Path file : List.of(last(), previous(), best())) {
            Files.deleteIfExists(file);
        }
    }
}
