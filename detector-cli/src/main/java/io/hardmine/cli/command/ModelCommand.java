package io.hardmine.cli.command;

import io.hardmine.cli.option.Misuse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hardmine model}: what a model file holds. */
@Command(
        name = "model",
        description = "Looks into model files.",
        mixinStandardHelpOptions = true,
        subcommands = {ModelInfoCommand.class, ModelExportCommand.class})
final class ModelCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "name a command: " + String.join(", ", Misuse.commands(spec.commandLine())));
    }
}
