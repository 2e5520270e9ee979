package io.hardmine.cli.command;

import io.hardmine.cli.option.Misuse;
import io.hardmine.cli.terminal.Version;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code hardmine} command, which has all others as subcommands. */
@Command(
        name = "hardmine",
        description =
                "Trains object detectors on your pictures, shows what they get wrong, and finds objects with them.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        subcommands = {
            TrainCommand.class,
            EvaluateCommand.class,
            ExperimentCommand.class,
            DetectCommand.class,
            MineCommand.class,
            DatasetCommand.class,
            ModelCommand.class,
            ExplainCommand.class,
            SettingsCommand.class,
            DoctorCommand.class,
            BenchmarkCommand.class,
            GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "2:the command line is not understood",
            "3:something given cannot be used: a file, a folder, a setting; the message says which",
            "70:a bug in Hardmine; a log is written",
            "130:stopped by Ctrl-C",
        },
        footerHeading = "%nMore:%n",
        footer = {
            "  hardmine COMMAND --help              what a command does, with examples",
            "  hardmine settings                    every setting of a training, with its default",
            "  hardmine doctor                      whether this machine is set up well",
            "  source <(hardmine generate-completion)   completion in bash and zsh",
        })
public final class RootCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "name a command: " + String.join(", ", Misuse.commands(spec.commandLine())));
    }
}
