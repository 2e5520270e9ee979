package io.hardmine.cli.command;

import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.export.Dl4jGraph;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.model.TrainedModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hardmine model export}: the network in another library's form. */
@Command(
        name = "export",
        description = {
            "Writes the network, with its weights, in the form of another library.",
            "",
            "dl4j: a DL4J ComputationGraph of stock layers. DL4J cannot share weights between layers, so the class and"
                    + " box subnets are there five times, once for each level of the pyramid, with equal weights."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine model export runs/parts/model.zip --format dl4j --out graph.zip",
            "  hardmine model export runs/parts/model.zip --format dl4j --size 640x480 --out graph.zip"
        })
final class ModelExportCommand implements Callable<Integer> {
    /** What can be written. */
    enum Format {
        /** DL4J's ComputationGraph. */
        dl4j
    }

    @Parameters(paramLabel = "MODEL|RUN", description = "Model file, or folder of a run.")
    private Path file;

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}.")
    private Format format;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "File to write.")
    private Path out;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Size of the pictures, as a camera has it, from which the graph's input size follows."
                    + " Default: pictures of 4:3.")
    private String size;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        int[] picture = pictureSize();
        try (TrainedModel model = TrainedModel.read(file)) {
            export(model, picture);
        }
        return ExitCode.OK;
    }

    private void export(TrainedModel model, int[] picture) throws IOException {
        Preprocessing preprocessing = model.description().preprocessing();
        Shape input = preprocessing.inputShape(1, picture[0], picture[1]);
        if (out.toAbsolutePath().getParent() != null) {
            Files.createDirectories(out.toAbsolutePath().getParent());
        }
        Phase.during("writing " + out, spec.commandLine().getErr(), () -> {
            switch (format) {
                case dl4j -> Dl4jGraph.of(model.network(), input.height(), input.width())
                        .write(out);
            }
        });
        explain(input, spec.commandLine().getOut());
    }

    private int[] pictureSize() {
        if (size == null) {
            return new int[] {640, 480};
        }
        if (!size.matches("[1-9][0-9]{0,5}x[1-9][0-9]{0,5}")) {
            throw new picocli.CommandLine.ParameterException(
                    spec.commandLine(), "--size must be width x height in pixels, such as 640x480, not '" + size + "'");
        }
        return Arrays.stream(size.split("x")).mapToInt(Integer::parseInt).toArray();
    }

    private void explain(Shape input, PrintWriter print) {
        print.printf("graph: %s%n", out);
        print.printf("input: [pictures, 3, %d, %d], %s%n", input.height(), input.width(), Preprocessing.pixelFormula());
        print.println("outputs: classes.p3 to classes.p7 (logits), then boxes.p3 to boxes.p7 (dx, dy, log dw, log dh)");
        print.println("read it with: ComputationGraph.load(new File(\"%s\"), false)".formatted(out));
    }
}
