package io.hardmine.cli;

import io.hardmine.cli.command.RootCommand;
import io.hardmine.cli.option.Misuse;
import io.hardmine.cli.terminal.Failures;
import io.hardmine.cli.terminal.Interruption;
import io.hardmine.cli.terminal.PrintableWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The program: runs one command and turns its result or failure into an exit code. */
public final class Hardmine {
    private Hardmine() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command and returns one of the exit codes that {@code --help} lists. */
    public static int run(String... arguments) {
        CommandLine line = RootCommand.line(arguments);
        Failures failures = new Failures(arguments);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setErr(PrintableWriter.over(line.getErr()));
        line.setExecutionStrategy(parsed -> execute(line, parsed));
        line.setExecutionExceptionHandler(failures);
        line.setParameterExceptionHandler(new Misuse());
        try {
            return line.execute(arguments);
        } catch (LinkageError | OutOfMemoryError | StackOverflowError e) {
            return failures.report(e, line.getErr());
        }
    }

    /**
     * Replaces control characters in the output of a command, but not in the help, which has colors. Ctrl-C prints a
     * line and ends the program.
     */
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
}
