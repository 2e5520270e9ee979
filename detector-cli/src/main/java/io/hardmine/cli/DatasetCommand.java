package io.hardmine.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.SplitOptions;
import io.hardmine.datasets.Splitter;
import io.hardmine.datasets.coco.CocoWriter;
import io.hardmine.datasets.inspect.ContactSheet;
import io.hardmine.datasets.inspect.DatasetInspector;
import io.hardmine.datasets.inspect.Inspection;
import io.hardmine.datasets.sample.SampleDataset;
import io.hardmine.datasets.sample.SampleOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hardmine dataset}. */
@Command(
        name = "dataset",
        description = "Looks at, converts, splits and makes sets of annotated pictures.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine dataset inspect pictures --sheet sheet.png",
            "  hardmine dataset convert pictures --out annotations.json",
            "  hardmine dataset split pictures --out splits",
            "  hardmine dataset sample --out sample"
        })
final class DatasetCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do: inspect, convert, split or sample.");
    }

    private PrintWriter print() {
        return spec.commandLine().getOut();
    }

    @Command(
            name = "inspect",
            description = "Checks a data set and counts what is in it.",
            mixinStandardHelpOptions = true)
    int inspect(
            @Parameters(paramLabel = "DIR", description = "Folder of annotated pictures.") Path folder,
            @Option(names = "--sheet", paramLabel = "PNG", description = "Write pictures with their boxes drawn.")
                    Path sheet,
            @Option(names = "--json", description = "Print JSON.") boolean json,
            @Mixin DataOptions options)
            throws IOException {
        LoadedDataset loaded = options.load(folder);
        Inspection inspection = DatasetInspector.inspect(loaded.dataset());
        if (json) {
            print().println(new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(new ObjectMapper()
                            .createObjectNode()
                            .putPOJO("summary", loaded.summary())
                            .set("inspection", inspection.toJson())));
        } else {
            print().print(loaded.summary().text());
            print().println(inspection.toText());
        }
        if (sheet != null) {
            ContactSheet.write(loaded.dataset(), sheet, ContactSheet.Options.standard());
        }
        return ExitCode.OK;
    }

    @Command(
            name = "convert",
            description = "Writes the annotations of any readable format as one COCO file.",
            mixinStandardHelpOptions = true)
    int convert(
            @Parameters(paramLabel = "DIR", description = "Folder of annotated pictures.") Path folder,
            @Option(names = "--out", required = true, paramLabel = "JSON", description = "File to write.") Path out,
            @Mixin DataOptions options)
            throws IOException {
        LoadedDataset loaded = options.load(folder);
        print().print(loaded.summary().text());
        CocoWriter.write(loaded.dataset(), out);
        print().printf("written: %s; its file names are relative to %s%n", out, folder);
        return ExitCode.OK;
    }

    @Command(
            name = "split",
            description = "Splits a data set as training would, and writes a COCO file for each part.",
            mixinStandardHelpOptions = true)
    int split(
            @Parameters(paramLabel = "DIR", description = "Folder of annotated pictures.") Path folder,
            @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the files.")
                    Path out,
            @Option(names = "--validation", defaultValue = "0.15", description = "Share. Default: ${DEFAULT-VALUE}.")
                    double validation,
            @Option(names = "--test", defaultValue = "0.15", description = "Share. Default: ${DEFAULT-VALUE}.")
                    double test,
            @Option(names = "--seed", defaultValue = "1", description = "Of the choice. Default: ${DEFAULT-VALUE}.")
                    long seed,
            @Mixin DataOptions options)
            throws IOException {
        if (!(validation >= 0 && test >= 0 && validation + test < 1)) {
            throw new DataException("--validation and --test must be at least 0 and leave training pictures");
        }
        LoadedDataset loaded = options.load(folder);
        print().print(loaded.summary().text());
        Partition partition = Splitter.partition(loaded, new SplitOptions(validation, test, seed));
        print().println("split: " + partition.how());
        partition.warnings().forEach(w -> print().println("note: " + w));
        for (Split split : Split.values()) {
            Dataset part = partition.part(split);
            Path file = out.resolve(split.name().toLowerCase(Locale.ROOT) + ".json");
            CocoWriter.write(part, file);
            print().printf("%s: %d pictures, %d boxes%n", file, part.pictures().size(), part.annotationCount());
        }
        return ExitCode.OK;
    }

    @Command(
            name = "sample",
            description = {
                "Makes a set of pictures to try everything on: small parts on clutter, among others that look alike.",
                "",
                "The same seed gives the same pixels on every machine."
            },
            mixinStandardHelpOptions = true)
    int sample(
            @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write.") Path out,
            @Option(names = "--full", description = "The larger set, for measuring.") boolean full,
            @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.") long seed)
            throws IOException {
        if (Files.exists(out.resolve("annotations"))) {
            throw new DataException("%s holds a data set already; choose another --out".formatted(out));
        }
        SampleOptions options = full ? SampleOptions.full() : SampleOptions.quick();
        SampleDataset.write(out, options.withSeed(seed));
        print().printf(
                        "%s: %d training, %d validation, %d test and %d background pictures%n",
                        out, options.train(), options.validation(), options.test(), options.background());
        return ExitCode.OK;
    }
}
