package io.hardmine.cli.option;

import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.mining.settings.Spelling;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and what was probably meant. */
public final class Misuse implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("hardmine: " + explain(e));
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    /**
     * The error in one sentence. An unknown option is named before a missing one: a mistyped option is usually the
     * reason why one is missing.
     *
     * @param e what the parser found
     */
    private static String explain(ParameterException e) {
        CommandLine command = e.getCommandLine();
        List<String> unknown = e instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched()
                : command.getUnmatchedArguments();
        Optional<String> option =
                unknown.stream().filter(a -> a.matches("--?[A-Za-z].*")).findFirst();
        boolean ofUnknownCommand = !commands(command).isEmpty()
                && !unknown.isEmpty()
                && !unknown.get(0).startsWith("-");
        if (option.isPresent() && !ofUnknownCommand) {
            return unknownOption(option.get(), command.getCommandSpec());
        }
        if (e instanceof UnmatchedArgumentException) {
            return unexpected(unknown.get(0), command);
        }
        boolean ofGroup = e instanceof MutuallyExclusiveArgsException
                || e instanceof MissingParameterException missing
                        && missing.getMissing().stream().allMatch(a -> a.group() != null);
        if (ofGroup && command.getCommand() instanceof Alternatives several) {
            return several.ways();
        }
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing(missing.getMissing(), command);
        }
        if (e.getCause() instanceof TypeConversionException && e.getArgSpec() != null) {
            return "%s takes %s, not '%s'".formatted(name(e.getArgSpec()), expected(e.getArgSpec()), e.getValue());
        }
        return e.getMessage()
                .replaceFirst("^Error: ", "")
                .replaceFirst("^(.*) are mutually exclusive.*$", "give only one of these: $1");
    }

    private static String unknownOption(String written, CommandSpec command) {
        String name = written.split("=", 2)[0];
        List<String> known = command.options().stream()
                .filter(o -> !o.hidden())
                .flatMap(o -> Stream.of(o.names()))
                .toList();
        return "unknown option '%s'%s"
                .formatted(
                        name,
                        Spelling.nearest(name, known)
                                .map("; did you mean %s?"::formatted)
                                .or(() -> setting(name.replaceFirst("^-+", "").replace('-', '_'), command))
                                .orElse(""));
    }

    /** A suggestion to use {@code --set}, if the unknown option is the name of a setting; otherwise empty. */
    private static Optional<String> setting(String name, CommandSpec command) {
        if (!command.optionsMap().containsKey("--set")) {
            return Optional.empty();
        }
        List<String> settings = Choices.withGroups().stream()
                .filter(s -> s.equals(name) || s.endsWith("." + name))
                .toList();
        return settings.isEmpty()
                ? Optional.empty()
                : Optional.of("; did you mean --set %s=…?".formatted(String.join("=… or --set ", settings)));
    }

    /** Names of the subcommands of a command that its help lists. */
    public static List<String> commands(CommandLine command) {
        return command.getSubcommands().entrySet().stream()
                .filter(c -> !c.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String unexpected(String argument, CommandLine command) {
        List<String> commands = commands(command);
        if (commands.isEmpty()) {
            return "'%s' is one argument too many".formatted(argument);
        }
        return "unknown command '%s'%s"
                .formatted(
                        argument,
                        Spelling.nearest(argument, commands)
                                .map("; did you mean %s?"::formatted)
                                .orElse("; there are " + String.join(", ", commands)));
    }

    private static String missing(List<ArgSpec> missing, CommandLine command) {
        return "%s needs %s"
                .formatted(
                        command.getCommandSpec().qualifiedName().replaceFirst("^hardmine ", ""),
                        missing.stream()
                                .filter(ArgSpec::required)
                                .map(Misuse::usage)
                                .collect(Collectors.joining(" and ")));
    }

    private static String usage(ArgSpec argument) {
        return argument.isOption() ? name(argument) + " " + argument.paramLabel() : argument.paramLabel();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String expected(ArgSpec argument) {
        if (argument.completionCandidates() != null) {
            return "one of "
                    + StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                            .collect(Collectors.joining(", "));
        }
        Class<?> type = argument.auxiliaryTypes()[0];
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == Duration.class) {
            return TimeSpan.EXPECTED;
        }
        return type == double.class || type == Double.class ? "a number" : "a value like " + argument.paramLabel();
    }
}
