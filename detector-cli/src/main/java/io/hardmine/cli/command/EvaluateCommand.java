package io.hardmine.cli.command;

import io.hardmine.cli.option.Alternatives;
import io.hardmine.cli.option.DataOptions;
import io.hardmine.cli.option.GivenDetections;
import io.hardmine.cli.option.ModelOnData;
import io.hardmine.cli.terminal.Console;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.core.evaluation.CocoScores;
import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.training.RunLock;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.mining.run.DetectionsEvaluation;
import io.hardmine.mining.run.EvaluatedPictures;
import io.hardmine.mining.run.ModelEvaluation;
import io.hardmine.mining.run.OutputFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardmine evaluate}: scores a model, or given detections. */
@Command(
        name = "evaluate",
        description = {
            "Scores a model on annotated pictures, or given detections against given annotations.",
            "",
            "Writes DIR/report.json (COCO's scores, false alarms, confusion matrix, mistakes), DIR/report.html (the same to "
                    + "read) and DIR/detections.json (COCO results form). With a model, pictures are those of its own test "
                    + "split, which the model file names."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine evaluate --model run/model.zip --data parts/ --out report",
            "  hardmine evaluate --model run/model.zip --data parts/ --split all --out all",
            "  hardmine evaluate --annotations val.json --detections found.json --out report"
        })
final class EvaluateCommand implements Callable<Integer>, Alternatives {
    @ArgGroup(multiplicity = "1")
    private What what;

    private static final class What {
        @ArgGroup(exclusive = false, heading = "A model:%n")
        private ModelOnData ofModel;

        @ArgGroup(exclusive = false, heading = "Detections of any detector:%n")
        private GivenDetections ofFiles;
    }

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder of the report.")
    private Path out;

    @Option(names = "--quiet", description = "No progress bar.")
    private boolean quiet;

    @Mixin
    private DataOptions data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        OutputFolder.require(out);
        RunLock.requireFree(out);
        return what.ofModel == null ? files(what.ofFiles) : model(what.ofModel);
    }

    @Override
    public String ways() {
        return "evaluate needs a model and pictures (--model MODEL|RUN --data DIR), or annotations and detections"
                + " (--annotations GT.json --detections DT.json)";
    }

    private int files(GivenDetections given) throws IOException {
        DetectionsEvaluation evaluation = given.read();
        return RunLock.holding(out, () -> {
            EvaluationReport report = Phase.of("scoring", spec.commandLine().getErr(), evaluation::score);
            return write(report, evaluation.found(), evaluation.truth());
        });
    }

    private int model(ModelOnData given) throws IOException {
        try (TrainedModel model = TrainedModel.read(given.model())) {
            LoadedDataset loaded = data.load(given.data(), spec.commandLine().getErr());
            return score(ModelEvaluation.of(model, loaded, given.split()), given);
        }
    }

    private int score(ModelEvaluation evaluation, ModelOnData given) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        evaluation.warnings().forEach(w -> err.println("warning: " + w));
        EvaluatedPictures chosen = evaluation.pictures();
        int pictures = chosen.dataset().pictures().size();
        err.println("%d pictures (%s)".formatted(pictures, chosen.how()));
        err.flush();
        return RunLock.holding(out, () -> {
            PictureDetections found = detect(evaluation, pictures);
            EvaluationReport report = Phase.of(
                    "scoring",
                    err,
                    () -> evaluation.score(
                            found, given.model().toString(), given.data().toString()));
            return write(report, found, chosen.dataset());
        });
    }

    private PictureDetections detect(ModelEvaluation evaluation, int pictures) {
        try (ProgressBar bar = Console.bar("detecting", pictures, !quiet)) {
            return evaluation.detect(bar::step);
        }
    }

    private int write(EvaluationReport report, PictureDetections found, Dataset truth) throws IOException {
        EvaluationFiles.write(report, found, truth, out, spec.commandLine().getErr());
        CocoScores coco = report.coco();
        PrintWriter text = spec.commandLine().getOut();
        if (coco.ap() < 0) {
            text.println("There is nothing to score: the pictures hold no objects. The report has the false alarms.");
        } else {
            text.println(Console.text("AP %.4f, AP50 %.4f, AP75 %.4f", coco.ap(), coco.ap50(), coco.ap75()));
            coco.perClass()
                    .forEach((name, scores) -> text.println(
                            scores.ap() < 0
                                    ? Console.text("  %s: no objects", name)
                                    : Console.text("  %s: AP %.4f, AP50 %.4f", name, scores.ap(), scores.ap50())));
        }
        text.println("report: " + out.resolve("report.html"));
        text.flush();
        return ExitCode.OK;
    }
}
