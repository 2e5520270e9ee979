package io.hardmine.cli;

import javax.imageio.ImageIO;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** The {@code hardmine} command: the door to all others. */
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
public final class Hardmine implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        ImageIO.setUseCache(false); // its files would be one more thing that can fail, and be left behind
        System.exit(run(arguments));
    }

    /** Runs one command; gives the exit code that {@code --help} lists. */
    static int run(String... arguments) {
        CommandLine line = new CommandLine(new Hardmine());
        Failures failures = new Failures(arguments);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setErr(PrintableWriter.over(line.getErr()));
        line.setExecutionStrategy(parsed -> execute(line, parsed));
        line.setExecutionExceptionHandler(failures);
        line.setParameterExceptionHandler(failures);
        line.getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .hidden(true);
        try {
            return line.execute(arguments);
        } catch (LinkageError | OutOfMemoryError | StackOverflowError e) {
            return failures.report(e, line.getErr());
        }
    }

    /** What a command says holds no control characters; the help, which has colors, may. Ctrl-C ends with a true line. */
    private static int execute(CommandLine line, ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        line.setOut(PrintableWriter.over(line.getOut()));
        String command =
                parsed.hasSubcommand() ? parsed.subcommand().commandSpec().name() : "";
        Interruption interruption = Interruption.ending(line.getErr(), Interruption.line(command));
        try {
            return new RunLast().execute(parsed);
        } finally {
            interruption.close();
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "name a command: " + String.join(", ", Misuse.commands(spec.commandLine())));
    }
}
