package io.hardmine.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.cli.report.HtmlReport;
import io.hardmine.core.detection.Decoding;
import io.hardmine.core.detection.Detection;
import io.hardmine.core.detection.Detector;
import io.hardmine.core.evaluation.BestThresholds;
import io.hardmine.core.evaluation.CocoResults;
import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.coco.CocoAnnotations;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardmine evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Scores a detector on pictures that it has not seen, or any detections against annotations.",
            "",
            "OUT gets report.html to read, report.json for programs, and detections.json in COCO's results form."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine evaluate --model runs/first/model.zip --data pictures --out report",
            "  hardmine evaluate --model runs/first/model.zip --data pictures --split validation --out report",
            "  hardmine evaluate --annotations truth.json --detections theirs.json --images pictures --out report"
        })
final class EvaluateCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the report.")
    private Path out;

    @Mixin
    private DataOptions dataOptions;

    @Spec
    private CommandSpec spec;

    /** One way or the other. */
    private static final class Source {
        @ArgGroup(exclusive = false, multiplicity = "1", heading = "A model on a data set:%n")
        private ModelSource model;

        @ArgGroup(exclusive = false, multiplicity = "1", heading = "Detections against annotations:%n")
        private FileSource files;
    }

    /** A model on a data set. */
    private static final class ModelSource {
        @Option(names = "--model", required = true, paramLabel = "FILE", description = "A model.zip.")
        private Path model;

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of annotated pictures.")
        private Path data;

        @Option(
                names = "--split",
                paramLabel = "NAME",
                defaultValue = "TEST",
                description = "Which part of the data, as the model's training split it: test, validation or train. "
                        + "Default: test.")
        private Split split;
    }

    /** Files in COCO's forms. */
    private static final class FileSource {
        @Option(names = "--annotations", required = true, paramLabel = "GT.json", description = "Annotations, COCO.")
        private Path annotations;

        @Option(
                names = "--detections",
                required = true,
                paramLabel = "DT.json",
                description = "Detections, COCO's results form.")
        private Path detections;

        @Option(names = "--images", paramLabel = "DIR", description = "The pictures, for the report's examples.")
        private Path images;
    }

    /** What is to be scored. */
    private record Scored(
            Dataset truth, PictureDetections detections, BestThresholds thresholds, ObjectNode provenance) {}

    @Override
    public Integer call() throws IOException {
        Scored scored = source.model != null ? ofModel(source.model) : ofFiles(source.files);
        EvaluationReport report = scored.thresholds() == null
                ? EvaluationReport.of(scored.truth(), scored.detections(), scored.provenance())
                : EvaluationReport.of(scored.truth(), scored.detections(), scored.thresholds(), scored.provenance());
        Files.createDirectories(out);
        report.writeJson(out.resolve("report.json"));
        CocoResults.write(out.resolve("detections.json"), scored.detections(), scored.truth());
        HtmlReport.write(report, out.resolve("report.html"));
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%d pictures: AP %.3f, AP50 %.3f%nThe report is %s%n",
                        scored.truth().pictures().size(),
                        report.coco().ap(),
                        report.coco().ap50(),
                        out.resolve("report.html"));
        return ExitCode.OK;
    }

    private Scored ofModel(ModelSource given) {
        PrintWriter print = spec.commandLine().getOut();
        TrainedModel model = TrainedModel.read(given.model);
        LoadedDataset loaded = dataOptions.load(given.data, print);
        Dataset truth = part(model, loaded, given.split, print);
        warnOfTrained(model, loaded, truth, given.split, print);
        List<String> names = truth.categoryNames();
        List<Integer> indexOfClass = new ArrayList<>();
        List<Double> thresholds = new ArrayList<>(Collections.nCopies(names.size(), 0.5));
        for (int k = 0; k < model.description().categories().size(); k++) {
            String name = model.description().categories().get(k).name();
            int index = names.indexOf(name);
            indexOfClass.add(index);
            if (index < 0) {
                print.printf("note: the data has no category '%s'; what the model finds of it is left out%n", name);
            } else {
                thresholds.set(index, model.description().thresholds().get(k));
            }
        }
        for (int i = 0; i < names.size(); i++) {
            if (!indexOfClass.contains(i)) {
                print.printf("note: the model does not know '%s': it will miss every one%n", names.get(i));
            }
        }
        Map<Long, List<Detection>> found = new HashMap<>();
        try (Detector detector =
                Detector.of(model).decoding(Decoding.measuring()).threshold(0).open()) {
            for (Picture picture : truth.pictures()) {
                found.put(
                        picture.id(),
                        detector.detect(picture.file()).stream()
                                .filter(d -> indexOfClass.get(d.category()) >= 0)
                                .map(d -> new Detection(d.box(), indexOfClass.get(d.category()), d.score()))
                                .toList());
            }
        }
        ObjectNode provenance = new ObjectMapper().createObjectNode();
        provenance.put("model", given.model.getFileName().toString());
        provenance.put("data", loaded.dataset().name());
        provenance.put("split", given.split.name().toLowerCase(Locale.ROOT));
        provenance.set("seed", model.description().provenance().path("seed"));
        provenance.set("versions", model.description().provenance().path("versions"));
        return new Scored(truth, PictureDetections.of(found), new BestThresholds(thresholds), provenance);
    }

    /** The part as the model's training split the data; where this is other data, its own split, or all of it. */
    private static Dataset part(TrainedModel model, LoadedDataset loaded, Split split, PrintWriter print) {
        Partition stored =
                Partition.stored(model.description().provenance().path("data").path("split"), loaded);
        if (!stored.splits().isEmpty()) {
            stored.warnings().forEach(w -> print.println("note: " + w));
            Dataset part = stored.part(split);
            if (part.pictures().isEmpty()) {
                throw new DataException("the data has no %s pictures of the model's split; --split validation or train"
                        .formatted(split.name().toLowerCase(Locale.ROOT)));
            }
            return part;
        }
        if (loaded.givenSplits().containsValue(split)) {
            print.println("note: other data than the model was trained on; its own split is used");
            return loaded.dataset()
                    .withPictures(loaded.dataset().pictures().stream()
                            .filter(p -> loaded.givenSplits().get(p.name()) == split)
                            .toList());
        }
        print.println("note: other data than the model was trained on; all of its pictures are used");
        return loaded.dataset();
    }

    private static void warnOfTrained(
            TrainedModel model, LoadedDataset loaded, Dataset truth, Split split, PrintWriter print) {
        Set<String> trained = new HashSet<>();
        model.description()
                .provenance()
                .path("data")
                .path("split")
                .path("train")
                .forEach(e -> trained.add(e.path("sha256").asText()));
        long known = truth.pictures().stream()
                .filter(p -> trained.contains(loaded.hashes().get(p.name())))
                .count();
        if (known > 0) {
            print.printf(
                    "WARNING: the model was trained on %d of these %d pictures: the scores say nothing of new ones%n",
                    known, truth.pictures().size());
        } else if (split == Split.VALIDATION) {
            print.println("note: the best weights and the thresholds were chosen on validation: its scores flatter");
        }
    }

    private Scored ofFiles(FileSource given) {
        Path images = given.images == null ? given.annotations.toAbsolutePath().getParent() : given.images;
        Dataset truth = CocoAnnotations.read(given.annotations, images);
        PictureDetections detections = CocoResults.read(given.detections, truth);
        ObjectNode provenance = new ObjectMapper().createObjectNode();
        provenance.put("annotations", given.annotations.getFileName().toString());
        provenance.put("detections", given.detections.getFileName().toString());
        return new Scored(truth, detections, null, provenance);
    }
}
