package io.hardmine.cli.terminal;

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
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints failures: in a sentence if the user can fix the cause, otherwise as a bug to report, with a log file. */
public final class Failures implements IExecutionExceptionHandler {
    private final List<String> arguments;

    /**
     * Prints the failures of one call of the program.
     *
     * @param arguments of the call, for the log
     */
    public Failures(String[] arguments) {
        this.arguments = List.of(arguments);
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        return report(e, command.getErr());
    }

    /** Prints a failure and returns its exit code, {@link ExitCode#DATA} or {@link ExitCode#INTERNAL}. */
    public int report(Throwable failure, PrintWriter err) {
        Optional<String> sentence = sentence(failure);
        if (sentence.isPresent()) {
            err.println("hardmine: " + sentence.get());
            return ExitCode.DATA;
        }
        err.println("hardmine: " + explain(failure));
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

    /** What went wrong, in a sentence. */
    public static String explain(Throwable failure) {
        return sentence(failure).orElse("sorry, this should not have happened: " + failure);
    }

    /** A message if the user can fix the failure or one of its causes; empty for a bug. */
    private static Optional<String> sentence(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof DataException) {
                return Optional.of(t.getMessage());
            }
            if (t instanceof FileSystemException f) {
                return Optional.of(ofFile(f));
            }
            if (t instanceof IOException && !(t instanceof JsonProcessingException)) {
                return Optional.of("reading or writing failed: " + t.getMessage()); // a full disk, a lost drive
            }
            if (t instanceof NoClassDefFoundError
                    && String.valueOf(t.getMessage()).startsWith("io/hardmine/")) {
                return Optional.of(
                        "the program's own files were replaced or removed while it ran (an update, a new build?). Start it again; a"
                                + " training goes on with --resume.");
            }
            if (t instanceof OutOfMemoryError) {
                return Optional.of(
                        "out of memory (%s). Give Java more, for example HARDMINE_OPTS=-Xmx8g, or use smaller batches or pictures."
                                .formatted(t.getMessage()));
            }
        }
        return Optional.empty();
    }

    private static String ofFile(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return e.getFile() + ": there is no such file or folder";
        }
        if (e instanceof AccessDeniedException) {
            return e.getFile() + ": no permission";
        }
        if (e instanceof FileAlreadyExistsException) {
            return e.getFile() + ": exists already and is not a folder";
        }
        return e.getReason() == null ? e.getFile() + ": cannot be used" : e.getFile() + ": " + e.getReason();
    }
}
