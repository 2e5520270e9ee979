package io.hardmine.cli;

import io.hardmine.core.model.TrainedModel;
import io.hardmine.datasets.LoadedDataset;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A model and annotated pictures to look at it with, the same in every command that does. */
final class ModelOnData {
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

    Path model() {
        return model;
    }

    Path data() {
        return data;
    }

    /** The pictures asked for; what deserves attention goes to {@code err}. */
    EvaluatedPictures choose(LoadedDataset loaded, TrainedModel trained, PrintWriter err) {
        EvaluatedPictures chosen = EvaluatedPictures.choose(
                loaded, trained.description().origin().split().toJson(), split);
        chosen.warnings().forEach(w -> err.println("warning: " + w));
        return chosen;
    }
}
