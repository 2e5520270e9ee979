package io.hardmine.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.cli.option.Alternatives;
import io.hardmine.cli.option.DataOptions;
import io.hardmine.cli.option.ModelOnData;
import io.hardmine.cli.terminal.Console;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.core.evaluation.CocoResults;
import io.hardmine.core.evaluation.CocoScores;
import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.coco.CocoAnnotations;
import io.hardmine.mining.run.BuildVersion;
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

/** {@code hardmine evaluate}: how good a model, or anyone's detections, are. */
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
        private OfFiles ofFiles;
    }

    private static final class OfFiles {
        @Option(names = "--annotations", required = true, paramLabel = "GT.json", description = "COCO annotations.")
        private Path annotations;

        @Option(names = "--detections", required = true, paramLabel = "DT.json", description = "COCO results.")
        private Path detections;

        @Option(names = "--images", paramLabel = "DIR", description = "Where the pictures are, for the report.")
        private Path images;
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
        return what.ofModel == null ? files(what.ofFiles) : model(what.ofModel);
    }

    @Override
    public String ways() {
        return "evaluate needs a model and pictures (--model MODEL|RUN --data DIR), or annotations and detections"
                + " (--annotations GT.json --detections DT.json)";
    }

    private int files(OfFiles given) throws IOException {
        Path folder = given.images == null ? given.annotations.toAbsolutePath().getParent() : given.images;
        Dataset truth = CocoAnnotations.read(given.annotations, folder);
        PictureDetections found = CocoResults.read(given.detections, truth);
        ObjectNode provenance = new ObjectMapper().createObjectNode();
        provenance.put("annotations", given.annotations.toString());
        provenance.put("detections", given.detections.toString());
        provenance.put("hardmine", BuildVersion.text());
        EvaluationReport report =
                Phase.of("scoring", spec.commandLine().getErr(), () -> EvaluationReport.of(truth, found, provenance));
        return write(report, found, truth);
    }

    private int model(ModelOnData given) throws IOException {
        try (TrainedModel model = TrainedModel.read(given.model())) {
            return model(model, given);
        }
    }

    private int model(TrainedModel model, ModelOnData given) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        LoadedDataset loaded = data.load(given.data(), err);
        ModelEvaluation evaluation = ModelEvaluation.of(model, loaded, given.split());
        evaluation.warnings().forEach(w -> err.println("warning: " + w));
        EvaluatedPictures chosen = evaluation.pictures();
        int pictures = chosen.dataset().pictures().size();
        err.println("%d pictures (%s)".formatted(pictures, chosen.how()));
        err.flush();
        PictureDetections found;
        try (ProgressBar bar = Console.bar("detecting", pictures, !quiet)) {
            found = evaluation.detect(bar::step);
        }
        EvaluationReport report = Phase.of(
                "scoring",
                err,
                () -> evaluation.score(
                        found, given.model().toString(), given.data().toString()));
        return write(report, found, chosen.dataset());
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
