package io.hardmine.cli.command;

import io.hardmine.cli.option.DataOptions;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.coco.CocoFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hardmine dataset convert}: any format to COCO. */
@Command(
        name = "convert",
        description = {
            "Writes a data set of any format as COCO, into a folder of its own with copies of the pictures.",
            "",
            "If the data has splits, each becomes a file. Boxes are in pixels of the picture as shown, with EXIF "
                    + "rotation applied."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  hardmine dataset convert voc-parts/ --out coco-parts/")
final class DatasetConvertCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Folder of annotated pictures.")
    private Path folder;

    @Mixin
    private DataOptions data;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "New folder.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        LoadedDataset loaded = data.load(folder, err);
        Phase.during(
                "copying pictures to " + out, err, () -> CocoFolder.write(loaded.dataset(), loaded.givenSplits(), out));
        return ExitCode.OK;
    }
}
