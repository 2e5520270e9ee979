package io.hardmine.cli.command;

import io.hardmine.cli.option.Misuse;
import io.hardmine.cli.terminal.Version;
import java.util.List;
import java.util.Optional;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
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
    private static final List<Class<?>> COMMANDS = List.of(
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
            BenchmarkCommand.class);

    @Spec
    private CommandSpec spec;

    /**
     * The command line for these arguments. To make the options of all subcommands takes longer than most help does. It
     * has the one subcommand that the first argument names; for an option, such as {@code --help}, the names and
     * descriptions of all; for anything else, such as a file of arguments or a misspelt name, all.
     */
    public static CommandLine line(String... arguments) {
        CommandLine line = new CommandLine(new RootCommand());
        String first = arguments.length == 0 ? "--help" : arguments[0];
        Optional<Class<?>> named =
                COMMANDS.stream().filter(c -> about(c).name().equals(first)).findFirst();
        if (named.isPresent()) {
            line.addSubcommand(named.get());
        } else if (first.startsWith("-")) {
            COMMANDS.forEach(c -> line.addSubcommand(described(about(c))));
        } else {
            COMMANDS.forEach(line::addSubcommand);
            CommandLine completion = new CommandLine(new GenerateCompletion());
            completion.getCommandSpec().usageMessage().hidden(true);
            line.addSubcommand(completion);
        }
        return line;
    }

    private static Command about(Class<?> command) {
        return command.getAnnotation(Command.class);
    }

    private static CommandLine described(Command command) {
        CommandSpec spec = CommandSpec.create().name(command.name());
        spec.usageMessage().description(command.description());
        return new CommandLine(spec);
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "name a command: " + String.join(", ", Misuse.commands(spec.commandLine())));
    }
}
