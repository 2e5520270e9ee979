package io.hardmine.cli.command;

import io.hardmine.cli.option.Misuse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hardmine explain}: draws what the methods do. */
@Command(
        name = "explain",
        description = "Draws what the methods do, and why.",
        mixinStandardHelpOptions = true,
        subcommands = ExplainLossCommand.class)
final class ExplainCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "name a command: " + String.join(", ", Misuse.commands(spec.commandLine())));
    }
}
