package io.hardmine.cli.option;

import io.hardmine.mining.bootstrap.DecisionFile;
import io.hardmine.mining.bootstrap.Decisions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** A reviewer's decisions about hard negatives. Shared by all commands that mine. */
public final class DecisionOptions {
    @Option(
            names = "--decisions",
            paramLabel = "F",
            description =
                    "Decisions saved from review.html; may be repeated. No crop is taken from a place that is unsure "
                            + "or an object.")
    private List<Path> files = new ArrayList<>();

    /**
     * Reads the decisions of all files, in order.
     *
     * @throws io.hardmine.datasets.DataException if a file is damaged
     */
    public Decisions read() throws IOException {
        return DecisionFile.read(files);
    }

    /** The files that hold them. */
    public List<Path> files() {
        return files;
    }
}
