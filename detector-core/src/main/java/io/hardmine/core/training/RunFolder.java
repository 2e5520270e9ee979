package io.hardmine.core.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the files of a training run lie.
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
        return root.resolve("checkpoints").resolve("best.zip");
    }

    /** The state after the last saved step. */
    public Path last() {
        return root.resolve("checkpoints").resolve("last.zip");
    }

    /** One JSON object a line: steps and validations. */
    public Path metrics() {
        return root.resolve("metrics.jsonl");
    }

    /** Makes the folders. */
    void create() throws IOException {
        Files.createDirectories(root.resolve("checkpoints"));
    }
}
