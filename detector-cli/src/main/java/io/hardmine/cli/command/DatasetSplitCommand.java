package io.hardmine.cli.command;

import io.hardmine.cli.option.DataOptions;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.SplitOptions;
import io.hardmine.datasets.Splitter;
import io.hardmine.datasets.coco.CocoFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hardmine dataset split}: splits a data set into training, validation and test pictures. */
@Command(
        name = "split",
        description = {
            "Splits a data set into training, validation and test pictures and writes the parts as COCO, into a folder of "
                    + "its own with copies of the pictures.",
            "",
            "Classes are spread evenly, and pictures of the same content stay together. A split that the data has "
                    + "is kept; parts that it lacks are taken from the training pictures. --anew splits all pictures "
                    + "again."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  hardmine dataset split parts/ --validation 0.1 --test 0.2 --seed 7 --out parts-split/")
final class DatasetSplitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Folder of annotated pictures.")
    private Path folder;

    @Mixin
    private DataOptions data;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "New folder.")
    private Path out;

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            defaultValue = "0.15",
            description = "Default: ${DEFAULT-VALUE}.")
    private double validation;

    @Option(names = "--test", paramLabel = "SHARE", defaultValue = "0.15", description = "Default: ${DEFAULT-VALUE}.")
    private double test;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the split. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--anew", description = "Forget the split that the data has.")
    private boolean anew;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        SplitOptions options = options();
        PrintWriter err = spec.commandLine().getErr();
        LoadedDataset loaded = data.load(folder, err);
        if (anew) {
            loaded = new LoadedDataset(loaded.dataset(), Map.of(), loaded.hashes(), loaded.summary());
        }
        Partition partition = Splitter.partition(loaded, options);
        partition.warnings().forEach(w -> err.println("warning: " + w));
        Phase.during(
                "copying pictures to " + out,
                err,
                () -> CocoFolder.write(partition.dataset(), partition.splits(), out));
        spec.commandLine().getOut().println(describe(partition));
        return ExitCode.OK;
    }

    private SplitOptions options() {
        try {
            return new SplitOptions(validation, test, seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--validation, --test: " + e.getMessage(), e);
        }
    }

    /** Number of pictures in each part, and how the split was chosen. */
    static String describe(Partition partition) {
        return "%d training, %d validation, %d test pictures (%s)"
                .formatted(
                        partition.part(Split.TRAIN).pictures().size(),
                        partition.part(Split.VALIDATION).pictures().size(),
                        partition.part(Split.TEST).pictures().size(),
                        partition.how());
    }
}
