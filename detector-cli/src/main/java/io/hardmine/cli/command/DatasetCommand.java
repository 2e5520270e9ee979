package io.hardmine.cli.command;

import io.hardmine.cli.option.Misuse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hardmine dataset}: what can be done with annotated pictures before training. */
@Command(
        name = "dataset",
        description = {
            "Looks at, converts, splits and makes annotated data sets.",
            "",
            "A data set is a folder of pictures with annotations in COCO JSON, Pascal VOC XML, YOLO text files or CSV."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            DatasetInspectCommand.class,
            DatasetConvertCommand.class,
            DatasetSplitCommand.class,
            DatasetSampleCommand.class,
            DatasetAugmentCommand.class
        })
final class DatasetCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "name a command: " + String.join(", ", Misuse.commands(spec.commandLine())));
    }
}
