package io.hardmine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hardmine.core.model.TrainedModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hardmine model}. */
@Command(
        name = "model",
        description = "Shows what a model file is and where it comes from.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  hardmine model info runs/first/model.zip", "  hardmine model info --json runs/first/model.zip"})
final class ModelCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do with the model: info.");
    }

    @Command(
            name = "info",
            description = "Shows architecture, categories, thresholds and provenance.",
            mixinStandardHelpOptions = true)
    int info(
            @Parameters(paramLabel = "FILE", description = "A model.zip.") Path file,
            @Option(names = "--json", description = "Print all of it as JSON, the split's names and hashes too.")
                    boolean json)
            throws JsonProcessingException {
        PrintWriter print = spec.commandLine().getOut();
        TrainedModel.Description d = TrainedModel.read(file).description();
        if (json) {
            ObjectMapper mapper = JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();
            print.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(d));
            return ExitCode.OK;
        }
        print.printf(
                "RetinaNet on a %s backbone of width %d, blocks %s, pyramid %d%n",
                d.architecture().backbone().block().name().toLowerCase(Locale.ROOT),
                d.architecture().backbone().width(),
                d.architecture().backbone().blocks(),
                d.architecture().pyramidChannels());
        print.printf(
                "input: short side %d, long side up to %d pixels%n",
                d.preprocessing().shortSide(), d.preprocessing().longSide());
        print.printf(
                Locale.ROOT,
                "anchors: base %.2f strides, height : width %s%n",
                d.anchors().base(),
                d.anchors().ratios());
        print.println("categories, with the score from which they are shown:");
        for (int k = 0; k < d.categories().size(); k++) {
            print.printf(
                    Locale.ROOT,
                    "  %-24s %.3f%n",
                    d.categories().get(k).name(),
                    d.thresholds().get(k));
        }
        print.printf(
                "trained on %s (%s), seed %s, %s of %s steps%n",
                d.provenance().path("data").path("name").asText("?"),
                d.provenance().path("data").path("split").path("how").asText("?"),
                d.provenance().path("seed").asText("?"),
                d.provenance().path("step").asText("?"),
                d.provenance().path("steps").asText("?"));
        print.printf("validation: %s%n", d.provenance().path("validation"));
        print.printf("versions: %s%n", d.provenance().path("versions"));
        return ExitCode.OK;
    }
}
