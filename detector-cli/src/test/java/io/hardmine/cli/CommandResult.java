package io.hardmine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hardmine.cli.terminal.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a command left on the terminal. */
public record CommandResult(int code, String out, String err) {
    /** Runs a command as a user types it. */
    public static CommandResult run(String... arguments) {
        PrintStream stdout = System.out;
        PrintStream stderr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            System.setOut(toOut);
            System.setErr(toErr);
            int code = Hardmine.run(arguments);
            return new CommandResult(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(stdout);
            System.setErr(stderr);
        }
    }

    /** The same with arguments of any kind, such as paths. */
    public static CommandResult of(Object... arguments) {
        return run(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }

    /** The same, and it must succeed. */
    public static CommandResult ok(Object... arguments) {
        CommandResult said = of(arguments);
        assertEquals(ExitCode.OK, said.code(), said.err());
        return said;
    }
}
