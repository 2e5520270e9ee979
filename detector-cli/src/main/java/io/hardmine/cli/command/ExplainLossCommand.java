package io.hardmine.cli.command;

import io.hardmine.cli.explain.LossExplanation;
import io.hardmine.cli.explain.Measurement;
import io.hardmine.cli.option.DataOptions;
import io.hardmine.cli.option.ModelOnData;
import io.hardmine.cli.terminal.Console;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.core.loss.ClassLoss;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.mining.analysis.LossSurvey;
import io.hardmine.mining.run.BuildVersion;
import io.hardmine.mining.run.EvaluatedPictures;
import io.hardmine.mining.run.OutputFolder;
import io.hardmine.mining.run.SharedCategories;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hardmine explain loss}: from cross-entropy to focal loss, and where a model's loss comes from. */
@Command(
        name = "loss",
        description = {
            "Draws how focal loss comes from cross-entropy, and what alpha and gamma do.",
            "",
            "Writes a PNG file for each figure, DIR/explain.html with sliders for alpha and gamma, and DIR/explain.json with "
                    + "the numbers. With a model and a data set also: how much of the loss the hardest anchors carry "
                    + "(Lin et al. 2017, figure 4), and how many easy examples outweigh a hard one."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine explain loss --out loss",
            "  hardmine explain loss --gamma 5 --model runs/parts/model.zip --data parts/ --out loss"
        })
final class ExplainLossCommand implements Callable<Integer> {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for figures, page and numbers.")
    private Path out;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            defaultValue = "0.25",
            description = "Weight of objects, between 0 and 1; background weighs 1 - A. Default: ${DEFAULT-VALUE}.")
    private double alpha;

    @Option(
            names = "--gamma",
            paramLabel = "G",
            defaultValue = "2",
            description = "Focusing parameter, in [0, 10]. Default: ${DEFAULT-VALUE}.")
    private double gamma;

    @ArgGroup(exclusive = false, heading = "A model's own loss:%n")
    private ModelOnData ofModel;

    @Option(names = "--quiet", description = "No progress bar.")
    private boolean quiet;

    @Mixin
    private DataOptions data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        require(alpha > 0 && alpha < 1, "--alpha must lie between 0 and 1, not " + alpha);
        require(
                gamma >= 0 && gamma <= LossExplanation.HIGHEST_GAMMA,
                "--gamma must lie in [0, %.0f], not %s".formatted(LossExplanation.HIGHEST_GAMMA, gamma));
        OutputFolder.require(out);
        Optional<Measurement> measured = Optional.ofNullable(ofModel).map(this::measure);
        Files.createDirectories(out);
        Phase.during("drawing", spec.commandLine().getErr(), () -> new LossExplanation(alpha, gamma, measured)
                .write(out, BuildVersion.text()));
        PrintWriter text = spec.commandLine().getOut();
        measured.ifPresent(m -> m.sentences().forEach(text::println));
        text.println("page: " + out.resolve(LossExplanation.PAGE));
        text.flush();
        return ExitCode.OK;
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }

    private Measurement measure(ModelOnData given) {
        try (TrainedModel model = TrainedModel.read(given.model())) {
            return measure(model, given);
        }
    }

    private Measurement measure(TrainedModel model, ModelOnData given) {
        PrintWriter err = spec.commandLine().getErr();
        LoadedDataset loaded = data.load(given.data(), err);
        EvaluatedPictures chosen = EvaluatedPictures.choose(loaded, model, given.split());
        chosen.warnings().forEach(w -> err.println("warning: " + w));
        Dataset truth = chosen.dataset();
        SharedCategories shared = SharedCategories.of(model.description().categories(), truth);
        shared.warnings().forEach(w -> err.println("warning: " + w));
        err.flush();
        List<ClassLoss> losses = Measurement.losses(alpha, gamma);
        try (LossSurvey survey = new LossSurvey(model, losses);
                ProgressBar bar = Console.bar("looking", truth.pictures().size(), !quiet)) {
            for (Picture picture : truth.pictures()) {
                survey.add(shared.forModel(picture));
                bar.step();
            }
            String pictures =
                    "%d pictures of %s (%s)".formatted(truth.pictures().size(), given.data(), chosen.how());
            return new Measurement(given.model().toString(), pictures, gamma, survey.results());
        }
    }
}
