package io.hardmine.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hardmine.cli.terminal.Console;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.Architecture;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hardmine model info}: what a model finds, and where it comes from. */
@Command(
        name = "info",
        description = "Says what a model finds, how large it is, and what it was trained on.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine model info runs/parts/model.zip",
            "  hardmine model info runs/parts/model.zip --json | jq .provenance.settings"
        })
final class ModelInfoCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL|RUN", description = "Model file, or folder of a run.")
    private Path file;

    @Option(names = "--json", description = "Print all of the model's description as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        try (TrainedModel model = TrainedModel.read(file)) {
            if (json) {
                out.println(JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(model.description()));
            } else {
                print(model, out);
            }
        }
        return ExitCode.OK;
    }

    private static void print(TrainedModel model, PrintWriter out) {
        TrainedModel.Description d = model.description();
        Architecture a = d.architecture();
        out.println("finds:");
        for (int i = 0; i < d.categories().size(); i++) {
            out.println(Console.text(
                    "  %s, shown from score %.2f",
                    d.categories().get(i).name(), d.thresholds().get(i)));
        }
        out.println(Console.text(
                "network: %s blocks %s, width %d, pyramid %d, %d head convolutions, %d anchors a cell; %.2f million parameters",
                a.backbone().block().name().toLowerCase(java.util.Locale.ROOT),
                a.backbone().blocks(),
                a.backbone().width(),
                a.pyramidChannels(),
                a.headConvolutions(),
                a.anchors(),
                model.network().parameters().count() / 1e6));
        out.println("input: short side %d pixels, long side at most %d"
                .formatted(d.preprocessing().shortSide(), d.preprocessing().longSide()));
        JsonNode p = d.provenance();
        out.println("trained on: %s (%d training, %d validation, %d test pictures), fingerprint %s"
                .formatted(
                        d.origin().name(),
                        d.origin().split().train().size(),
                        d.origin().split().validation().size(),
                        d.origin().split().test().size(),
                        d.origin().fingerprint()));
        out.println("step %s of %s, seed %s, by hardmine %s"
                .formatted(
                        p.path("step").asText("?"),
                        p.path("steps").asText("?"),
                        p.path("seed").asText("?"),
                        p.path("data").path("hardmine").asText("?")));
        if (p.has("validation")) {
            out.println(Console.text(
                    "validation: AP %.4f, AP50 %.4f",
                    p.path("validation").path("AP").asDouble(),
                    p.path("validation").path("AP50").asDouble()));
        }
    }
}
