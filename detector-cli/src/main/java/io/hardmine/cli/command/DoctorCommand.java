package io.hardmine.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hardmine.cli.doctor.Finding;
import io.hardmine.cli.doctor.Machine;
import io.hardmine.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardmine doctor}: what a machine has to train and detect with. */
@Command(
        name = "doctor",
        description = {
            "Shows what this machine trains and detects with, and what to change if it could be faster.",
            "",
            "A line for each: the native library, the processor's vector extensions, threads, memory allocator, memory "
                    + "limits, Java. `bin/hardmine` sets all of them well; a program that uses the library, or an "
                    + "environment with settings of its own, may not."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  hardmine doctor", "  hardmine doctor --json | jq '.[] | select(.status != \"good\")'"})
final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print a JSON array instead: check, found, status, advice.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        List<Finding> findings = Machine.inspect();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new JsonMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(
                            findings.stream().map(DoctorCommand::json).toList()));
        } else {
            findings.forEach(f -> print(f, out));
        }
        boolean usable = findings.stream().noneMatch(f -> f.status() == Finding.Status.BROKEN);
        return usable ? ExitCode.OK : ExitCode.DATA;
    }

    private static Map<String, String> json(Finding f) {
        return Map.of(
                "check", f.check(),
                "found", f.found(),
                "status", f.status().name().toLowerCase(Locale.ROOT),
                "advice", f.advice());
    }

    private void print(Finding f, PrintWriter out) {
        String mark =
                switch (f.status()) {
                    case GOOD -> "@|green good|@  ";
                    case SLOW -> "@|yellow slow|@  ";
                    case BROKEN -> "@|bold,red broken|@";
                };
        Ansi ansi = spec.commandLine().getColorScheme().ansi();
        out.printf("%s %-17s %s%n", ansi.string(mark), f.check(), f.found());
        if (!f.advice().isEmpty()) {
            out.printf("%26s%s%n", "→ ", f.advice());
        }
    }
}
