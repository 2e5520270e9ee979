package io.hardmine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.training.StepBenchmark;
import io.hardmine.core.training.StepReport;
import io.hardmine.core.training.TrainingSettings.PrecisionChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardmine benchmark}. */
@Command(
        name = "benchmark",
        description = {
            "Times inference and the trainer's own step on made-up pictures.",
            "",
            "The step is the real one: batch normalisation in training mode, 3 classes, 9 anchors, matching, focal loss, "
                    + "clipping, update. The network is ResNet-18-shaped. Medians in milliseconds."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine benchmark",
            "  hardmine benchmark --size 512 --batch 2 --width 64 --fpn 256 --json",
            "  HARDMINE_OPTS=-Dhardmine.kernels=nd4j hardmine benchmark"
        })
final class BenchmarkCommand implements Callable<Integer> {
    @Option(names = "--size", defaultValue = "256", description = "Side of the pictures. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(names = "--batch", defaultValue = "4", description = "Pictures of a step. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(names = "--width", defaultValue = "32", description = "Of the backbone. Default: ${DEFAULT-VALUE}.")
    private int width;

    @Option(names = "--fpn", defaultValue = "64", description = "Pyramid channels. Default: ${DEFAULT-VALUE}.")
    private int fpn;

    @Option(names = "--runs", defaultValue = "15", description = "Timed runs. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--precision",
            defaultValue = "F32",
            description = "Inside convolutions: f32, bf16 or auto. Default: f32.")
    private PrecisionChoice precision;

    @Option(names = "--json", description = "Print one line of JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        PrintWriter print = spec.commandLine().getOut();
        StepBenchmark.Result r = StepBenchmark.run(new StepBenchmark.Setup(size, batch, width, fpn, runs, precision));
        if (json) {
            print.println(new ObjectMapper().writeValueAsString(json(r)));
            return ExitCode.OK;
        }
        StepReport.Times t = r.parts();
        print.printf(
                Locale.ROOT,
                "%s %s, %d × %d × %d, width %d, pyramid %d%n",
                r.implementation(),
                r.precision(),
                batch,
                size,
                size,
                width,
                fpn);
        print.printf(Locale.ROOT, "inference      %8.1f ms%n", r.forward());
        print.printf(
                Locale.ROOT, "training step  %8.1f ms (%.1f to %.1f)%n", r.step(), r.fastestStep(), r.slowestStep());
        print.printf(Locale.ROOT, "  forward      %8.1f ms%n  backward     %8.1f ms%n", t.forward(), t.backward());
        print.printf(
                Locale.ROOT,
                "  matching     %8.1f ms%n  loss         %8.1f ms%n  update       %8.1f ms%n",
                t.match(),
                t.loss(),
                t.update());
        print.printf(Locale.ROOT, "peak memory    %8d MB%n", peakMegabytes());
        return ExitCode.OK;
    }

    private ObjectNode json(StepBenchmark.Result r) {
        ObjectNode line = new ObjectMapper().createObjectNode();
        line.put("forward_ms", rounded(r.forward()));
        line.put("step_ms", rounded(r.step()));
        line.put("peak_rss_mb", peakMegabytes());
        line.put("implementation", r.implementation());
        line.put("precision", r.precision());
        line.put("step_ms_fastest", rounded(r.fastestStep()));
        line.put("step_ms_slowest", rounded(r.slowestStep()));
        ObjectNode parts = line.putObject("step_parts_ms");
        parts.put("match", rounded(r.parts().match()));
        parts.put("forward", rounded(r.parts().forward()));
        parts.put("loss", rounded(r.parts().loss()));
        parts.put("backward", rounded(r.parts().backward()));
        parts.put("update", rounded(r.parts().update()));
        return line;
    }

    private static double rounded(double ms) {
        return Math.round(ms * 100) / 100.0;
    }

    /** Peak resident memory of this process, JVM and all; −1 where the system does not tell. */
    private static long peakMegabytes() {
        Path status = Path.of("/proc/self/status");
        try {
            return Files.exists(status)
                    ? Files.readAllLines(status).stream()
                            .filter(l -> l.startsWith("VmHWM"))
                            .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) / 1024)
                            .findFirst()
                            .orElse(-1)
                    : -1;
        } catch (IOException e) {
            return -1; // no such thing on this system
        }
    }
}
