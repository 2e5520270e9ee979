package io.hardmine.cli.option;

import io.hardmine.mining.run.EvaluatedPictures;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A model and the annotated pictures to measure it on. Shared by all commands that measure one. */
public final class ModelOnData {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL|RUN",
            description = "Model file, or folder of a run.")
    private Path model;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of annotated pictures.")
    private Path data;

    @Option(
            names = "--split",
            paramLabel = "S",
            completionCandidates = Choices.OfSplit.class,
            description = "Which pictures: ${COMPLETION-CANDIDATES}. Default: test.")
    private EvaluatedPictures.Choice split = EvaluatedPictures.Choice.TEST;

    public Path model() {
        return model;
    }

    public Path data() {
        return data;
    }

    /** Which pictures are asked for. */
    public EvaluatedPictures.Choice split() {
        return split;
    }
}
