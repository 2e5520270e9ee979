package io.hardmine.cli.command;

import io.hardmine.cli.option.Choices;
import io.hardmine.cli.option.ExportFormat;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.export.Exporter;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.model.TrainedModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hardmine model export}: writes the network in another library's format. */
@Command(
        name = "export",
        description = {
            "Writes the network, with its weights, in the format of another library, and says how to use the file.",
            "",
            "dl4j is a DL4J ComputationGraph of stock layers."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine model export runs/parts/model.zip --format dl4j --out graph.zip",
            "  hardmine model export runs/parts/model.zip --format dl4j --size 640x480 --out graph.zip"
        })
final class ModelExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL|RUN", description = "Model file, or folder of a run.")
    private Path file;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            completionCandidates = Choices.OfExport.class,
            converter = ExportFormat.class,
            description = "${COMPLETION-CANDIDATES}.")
    private Exporter format;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "File to write.")
    private Path out;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Size of the pictures in pixels, such as a camera's. The graph's input size follows from it."
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
        Phase.during("writing " + out, spec.commandLine().getErr(), () -> format.write(model, input, out));
        PrintWriter print = spec.commandLine().getOut();
        print.println("graph: " + out);
        format.usage(input, out).forEach(print::println);
    }

    private int[] pictureSize() {
        if (size == null) {
            return new int[] {640, 480};
        }
        if (!size.matches("[1-9][0-9]{0,5}x[1-9][0-9]{0,5}")) {
            throw new ParameterException(
                    spec.commandLine(), "--size must be width x height in pixels, such as 640x480, not '" + size + "'");
        }
        return Arrays.stream(size.split("x")).mapToInt(Integer::parseInt).toArray();
    }
}
