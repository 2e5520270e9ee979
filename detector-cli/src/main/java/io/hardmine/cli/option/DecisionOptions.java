package io.hardmine.cli.option;

import io.hardmine.datasets.Picture;
import io.hardmine.mining.bootstrap.Decision;
import io.hardmine.mining.bootstrap.DecisionFile;
import io.hardmine.mining.bootstrap.Decisions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Option;

/** What a person decided about hard negatives, the same in every command that mines. */
public final class DecisionOptions {
    @Option(
            names = "--decisions",
            paramLabel = "F",
            description =
                    "Decisions saved from review.html; may be repeated. No crop is taken from a place that is unsure "
                            + "or an object.")
    private List<Path> files = new ArrayList<>();

    /** The decisions. */
    public Decisions read() throws IOException {
        return DecisionFile.read(files);
    }

    /** The decisions; that some are about other pictures goes to {@code err}. */
    public Decisions read(Collection<Picture> pictures, PrintWriter err) throws IOException {
        Decisions decisions = read();
        List<Decision> elsewhere = decisions.elsewhere(pictures);
        if (!elsewhere.isEmpty()) {
            err.println("warning: %d decisions are about pictures that take no part here, such as %s"
                    .formatted(elsewhere.size(), elsewhere.get(0).picture()));
        }
        return decisions;
    }

    public List<Path> files() {
        return files;
    }
}
