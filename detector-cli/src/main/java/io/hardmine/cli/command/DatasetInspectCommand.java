package io.hardmine.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.cli.option.DataOptions;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.inspect.ContactSheet;
import io.hardmine.datasets.inspect.DatasetInspector;
import io.hardmine.datasets.inspect.Inspection;
import io.hardmine.datasets.inspect.Lookalikes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hardmine dataset inspect}: what a data set holds. */
@Command(
        name = "inspect",
        description =
                "Counts objects by class, size and split, shows their shapes, and says what is wrong with the data: also which "
                        + "pictures cannot be decoded, and which look like one of another split.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine dataset inspect parts/",
            "  hardmine dataset inspect parts/ --sheet parts.png   # a page of drawn boxes",
            "  hardmine dataset inspect parts/ --json > parts.json"
        })
final class DatasetInspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Folder of annotated pictures.")
    private Path folder;

    @Mixin
    private DataOptions data;

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean json;

    @Option(names = "--sheet", paramLabel = "FILE", description = "Write a contact sheet with drawn boxes (PNG).")
    private Path sheet;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        LoadedDataset loaded = data.load(folder, err);
        Dataset dataset = loaded.dataset();
        Inspection inspection = DatasetInspector.inspect(dataset, loaded.givenSplits());
        Lookalikes lookalikes = Lookalikes.find(loaded);
        if (json) {
            JsonMapper mapper = JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();
            ObjectNode tree = inspection.toJson();
            tree.set("lookalikes", mapper.valueToTree(lookalikes));
            tree.set("findings", mapper.valueToTree(loaded.summary().findings()));
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(tree));
        } else {
            err.println();
            err.flush();
            out.print(inspection.toText());
            out.print(lookalikes.toText());
            if (loaded.summary().isClean() && lookalikes.areNone()) {
                out.println("nothing wrong found");
            }
            out.flush();
        }
        if (sheet != null) {
            ContactSheet.write(dataset, sheet, ContactSheet.Options.standard());
            err.println("contact sheet: " + sheet);
        }
        return ExitCode.OK;
    }
}
