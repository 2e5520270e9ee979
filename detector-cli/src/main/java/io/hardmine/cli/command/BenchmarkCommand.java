package io.hardmine.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.cli.doctor.PeakMemory;
import io.hardmine.cli.option.Choices;
import io.hardmine.cli.terminal.Console;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.core.detector.DetectionBenchmark;
import io.hardmine.core.evaluation.EvaluationBenchmark;
import io.hardmine.core.training.StepBenchmark;
import io.hardmine.core.training.StepReport;
import io.hardmine.core.training.TrainingSettings.PrecisionChoice;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hardmine benchmark}: how fast the trainer's own step and inference are on this machine. */
@Command(
        name = "benchmark",
        description = {
            "Times the trainer's own step and inference on synthetic pictures: a ResNet-18-shaped backbone, 3 classes, 9 anchors, "
                    + "batch norm in training mode, matching, focal loss, clipping and update. Medians in milliseconds."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine benchmark",
            "  hardmine benchmark --size 512 --batch 2 --width 64 --fpn 256 --precision bf16 --json"
        })
final class BenchmarkCommand implements Callable<Integer> {
    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "256",
            description = "Side of the pictures. Default: 256.")
    private int size;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "4", description = "Pictures per step. Default: 4.")
    private int batch;

    @Option(names = "--width", paramLabel = "N", defaultValue = "32", description = "Backbone width. Default: 32.")
    private int width;

    @Option(names = "--fpn", paramLabel = "N", defaultValue = "64", description = "Pyramid channels. Default: 64.")
    private int pyramid;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "20", description = "Timed runs. Default: 20.")
    private int runs;

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "f32",
            completionCandidates = Choices.OfPrecision.class,
            description = "Number format: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private PrecisionChoice precision;

    @Option(
            names = "--detect",
            paramLabel = "PICTURE",
            description = "Time detection in this picture instead, from file to boxes, with --size as short side:"
                    + " one picture at a time, and from 1, 2 and 8 threads.")
    private Path picture;

    @Option(
            names = "--evaluation",
            description =
                    "Time the scoring of synthetic detections instead: 5,000 pictures with 36,000 objects of 80 classes,"
                            + " and 100 detections in each.")
    private boolean evaluation;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (size < 32 || batch < 1 || width < 4 || pyramid < 4 || runs < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--size must be at least 32, --width and --fpn 4, --batch and --runs 1");
        }
        if (picture != null) {
            detect(spec.commandLine().getOut());
            return ExitCode.OK;
        }
        if (evaluation) {
            evaluate(spec.commandLine().getOut());
            return ExitCode.OK;
        }
        StepBenchmark.Result result = Phase.of(
                "timing steps",
                spec.commandLine().getErr(),
                () -> StepBenchmark.run(new StepBenchmark.Setup(size, batch, width, pyramid, runs, precision)));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(result));
        } else {
            StepReport.Times t = result.parts();
            out.println(Console.text(
                    "forward %.1f ms, step %.1f ms (%.1f to %.1f); %s %s",
                    result.forward(),
                    result.step(),
                    result.fastestStep(),
                    result.slowestStep(),
                    result.implementation(),
                    result.precision()));
            out.println(Console.text(
                    "of the step: match %.1f, forward %.1f, loss %.1f, backward %.1f, update %.1f ms",
                    t.match(), t.forward(), t.loss(), t.backward(), t.update()));
            PeakMemory.megabytes().ifPresent(mb -> out.println("peak memory " + mb + " MB"));
        }
        return ExitCode.OK;
    }

    private void detect(PrintWriter out) throws InterruptedException {
        DetectionBenchmark.Setup setup = new DetectionBenchmark.Setup(picture, size, width, pyramid, runs);
        DetectionBenchmark.Result alone =
                Phase.of("timing detection", spec.commandLine().getErr(), () -> DetectionBenchmark.latency(setup));
        ObjectNode line = new ObjectMapper().createObjectNode();
        line.put("detect_ms", rounded(alone.milliseconds()));
        line.put("detections", alone.detections());
        ObjectNode throughput = line.putObject("pictures_per_second");
        for (int threads : new int[] {1, 2, 8}) {
            String calling = threads + (threads == 1 ? " thread" : " threads");
            double rate = Phase.of(
                    "timing detection from " + calling,
                    spec.commandLine().getErr(),
                    () -> DetectionBenchmark.throughput(setup, threads));
            throughput.put(calling.replace(' ', '_'), rounded(rate));
        }
        if (json) {
            out.println(line);
        } else {
            out.println(Console.text(
                    "detect %.1f ms a picture, %d boxes; pictures per second: %s",
                    alone.milliseconds(), alone.detections(), rates(throughput)));
        }
    }

    private static String rates(ObjectNode throughput) {
        List<String> rates = new ArrayList<>();
        throughput
                .fields()
                .forEachRemaining(rate -> rates.add("%s from %s"
                        .formatted(rate.getValue().asText(), rate.getKey().replace('_', ' '))));
        return String.join(", ", rates);
    }

    private void evaluate(PrintWriter out) {
        EvaluationBenchmark.Result result = EvaluationBenchmark.run(EvaluationBenchmark.Setup.coco());
        if (json) {
            ObjectNode line = new ObjectMapper().createObjectNode();
            line.put("coco_s", rounded(result.coco().wall()));
            line.put("coco_cpu_s", rounded(result.coco().processor()));
            line.put("report_s", rounded(result.report().wall()));
            line.put("report_cpu_s", rounded(result.report().processor()));
            line.put("AP", result.ap());
            PeakMemory.megabytes()
                    .ifPresentOrElse(mb -> line.put("peak_rss_mb", mb), () -> line.putNull("peak_rss_mb"));
            out.println(line);
        } else {
            out.println(Console.text(
                    "COCO's scores %.2f s (%.2f s of processors), whole report %.2f s (%.2f s); AP %.6f",
                    result.coco().wall(),
                    result.coco().processor(),
                    result.report().wall(),
                    result.report().processor(),
                    result.ap()));
            PeakMemory.megabytes().ifPresent(mb -> out.println("peak memory " + mb + " MB"));
        }
    }

    private static ObjectNode json(StepBenchmark.Result result) {
        StepReport.Times t = result.parts();
        ObjectNode line = new ObjectMapper().createObjectNode();
        line.put("forward_ms", rounded(result.forward()));
        line.put("step_ms", rounded(result.step()));
        PeakMemory.megabytes().ifPresentOrElse(mb -> line.put("peak_rss_mb", mb), () -> line.putNull("peak_rss_mb"));
        line.put("implementation", result.implementation());
        line.put("precision", result.precision());
        line.putObject("step_parts_ms")
                .put("match", rounded(t.match()))
                .put("forward", rounded(t.forward()))
                .put("loss", rounded(t.loss()))
                .put("backward", rounded(t.backward()))
                .put("update", rounded(t.update()));
        return line;
    }

    private static BigDecimal rounded(double milliseconds) {
        return BigDecimal.valueOf(milliseconds).setScale(2, RoundingMode.HALF_UP);
    }
}
