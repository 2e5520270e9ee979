package io.hardmine.cli.command;

import io.hardmine.cli.terminal.Console;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.cli.terminal.Failures;
import io.hardmine.cli.terminal.Interruption;
import io.hardmine.cli.terminal.PrintableWriter;
import io.hardmine.mining.experiment.Failure;
import io.hardmine.mining.run.ExperimentData;
import io.hardmine.mining.run.ExperimentRun;
import io.hardmine.mining.settings.RunSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Does the runs of an experiment one after the other. If one fails, the others are still done. */
final class ExperimentRunner {
    private static final String STOPPED = "stopped; everything so far is kept. To go on, give the same command again.";

    private final ExperimentData data;
    private final RunSettings common;
    private final PrintWriter err;
    private final List<Failure> failures = new ArrayList<>();

    /**
     * A runner.
     *
     * @param data pictures of all runs
     * @param common settings of all arms
     * @param err gets a line for each run
     */
    ExperimentRunner(ExperimentData data, RunSettings common, PrintWriter err) {
        this.data = data;
        this.common = common;
        this.err = err;
    }

    /** The runs that failed. */
    List<Failure> failures() {
        return List.copyOf(failures);
    }

    /**
     * Does the runs that are not done yet. Returns {@link ExitCode#STOPPED} if it was stopped, otherwise {@link
     * ExitCode#OK}, even if runs failed.
     */
    int run(List<ExperimentRun> runs) throws IOException, InterruptedException {
        Interruption interruption = Interruption.ending(err, STOPPED);
        try {
            return runInTurn(runs);
        } finally {
            interruption.close();
        }
    }

    private int runInTurn(List<ExperimentRun> runs) throws IOException, InterruptedException {
        List<ExperimentRun> left = runs.stream().filter(r -> !r.isDone()).toList();
        long start = System.nanoTime();
        for (int i = 0; i < left.size(); i++) {
            ExperimentRun run = left.get(i);
            say("run %d of %d: %s, seed %d%s"
                    .formatted(
                            runs.size() - left.size() + i + 1,
                            runs.size(),
                            run.arm().name(),
                            run.seed(),
                            timing(System.nanoTime() - start, i, left.size())));
            if (!isDone(run)) {
                say(STOPPED);
                return ExitCode.STOPPED;
            }
        }
        return ExitCode.OK;
    }

    /**
     * Trains and evaluates a run, and records its failure. Returns false if the run was stopped, otherwise true, even
     * if it failed.
     */
    private boolean isDone(ExperimentRun run) throws IOException, InterruptedException {
        try (PrintWriter log = log(run.files().root())) {
            LoggedRun logged = new LoggedRun(run, data, common, log);
            try {
                if (!logged.train()) { // handles Ctrl-C itself
                    return false;
                }
                logged.evaluate();
            } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
                String[] command = {"experiment", "run", run.arm().name(), String.valueOf(run.seed())};
                new Failures(command).report(e, log);
                Failure failure = new Failure(run.arm().name(), run.seed(), Failures.explain(e), e);
                failures.add(failure);
                say("%s, seed %d failed: %s".formatted(failure.arm(), failure.seed(), failure.reason()));
            }
            return true;
        }
    }

    /** The log of a run. A resumed run appends to it. */
    private static PrintWriter log(Path run) throws IOException {
        Files.createDirectories(run);
        return PrintableWriter.over(new PrintWriter(Files.newBufferedWriter(
                run.resolve("log.txt"), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)));
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }

    private static String timing(long elapsed, int done, int all) {
        if (done == 0) {
            return "";
        }
        return " (%s so far, about %s left)"
                .formatted(
                        Console.duration(Duration.ofNanos(elapsed)),
                        Console.duration(Duration.ofNanos(elapsed / done * (all - done))));
    }
}
