package io.hardmine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says what went wrong: in a sentence where the user can mend it, with a log where only we can. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final List<String> arguments;

    Failures(String[] arguments) {
        this.arguments = List.of(arguments);
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("hardmine: " + Misuse.explain(e));
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        return report(e, command.getErr());
    }

    /** Prints what happened and gives the exit code. */
    int report(Throwable failure, PrintWriter err) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof DataException) {
                return sentence(t.getMessage(), err);
            }
            if (t instanceof FileSystemException f) {
                return sentence(explain(f), err);
            }
            if (t instanceof IOException && !(t instanceof JsonProcessingException)) {
                return sentence("reading or writing failed: " + t.getMessage(), err); // a full disk, a lost drive
            }
            if (t instanceof OutOfMemoryError) {
                return sentence(
                        "out of memory (%s). Give Java more, for example HARDMINE_OPTS=-Xmx8g, or use smaller batches or pictures."
                                .formatted(t.getMessage()),
                        err);
            }
        }
        err.println("hardmine: sorry, this should not have happened: " + failure);
        try {
            Path log = Files.createTempFile("hardmine-error-", ".log");
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(log, StandardCharsets.UTF_8))) {
                out.println(ZonedDateTime.now());
                out.println("hardmine " + String.join(" ", arguments));
                for (String line : new Version().getVersion()) {
                    out.println(line);
                }
                failure.printStackTrace(out);
            }
            err.println("Please report this bug and attach " + log);
        } catch (IOException unwritable) {
            failure.addSuppressed(unwritable);
            failure.printStackTrace(err);
        }
        return ExitCode.INTERNAL;
    }

    private static int sentence(String message, PrintWriter err) {
        err.println("hardmine: " + message);
        return ExitCode.DATA;
    }

    private static String explain(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return e.getFile() + ": there is no such file or folder";
        }
        if (e instanceof AccessDeniedException) {
            return e.getFile() + ": no permission";
        }
        if (e instanceof FileAlreadyExistsException) {
            return e.getFile() + ": is there already, and is not a folder";
        }
        return e.getReason() == null ? e.getFile() + ": cannot be used" : e.getFile() + ": " + e.getReason();
    }
}
