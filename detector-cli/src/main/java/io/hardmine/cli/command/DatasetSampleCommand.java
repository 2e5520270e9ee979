package io.hardmine.cli.command;

import io.hardmine.cli.option.Choices;
import io.hardmine.cli.option.SampleSize;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.datasets.sample.SampleDataset;
import io.hardmine.datasets.sample.SampleOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardmine dataset sample}: pictures to try everything on. */
@Command(
        name = "sample",
        description = {
            "Makes a data set to try everything on: washers, nuts and screws on cluttered workbenches, among look-alikes, "
                    + "with a pool of pictures that hold none.",
            "",
            "The same seed gives the same pictures on every machine."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine dataset sample --out sample",
            "  hardmine train --data sample --background sample/background --out runs/sample"
        })
final class DatasetSampleCommand implements Callable<Integer> {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "New folder.")
    private Path out;

    @Option(
            names = "--size",
            paramLabel = "S",
            defaultValue = "quick",
            completionCandidates = Choices.OfSize.class,
            description = "quick: 240 training pictures; full: 600, and 1500 of background. Default: quick.")
    private SampleSize size;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SampleOptions options = size.options().withSeed(seed);
        Phase.during("drawing pictures", spec.commandLine().getErr(), () -> SampleDataset.write(out, options));
        spec.commandLine()
                .getOut()
                .printf(
                        "%s: %d training, %d validation, %d test and %d background pictures%n",
                        out, options.train(), options.validation(), options.test(), options.background());
        return ExitCode.OK;
    }
}
