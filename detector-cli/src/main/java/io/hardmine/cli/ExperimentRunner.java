package io.hardmine.cli;

import io.hardmine.mining.experiment.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Does an experiment's runs one after the other; one that fails does not keep the others from being done. */
final class ExperimentRunner {
    private static final String STOPPED = "stopped; everything so far is kept. To go on, give the same command again.";

    private final List<String> training;
    private final List<String> background;
    private final List<String> evaluation;
    private final PrintWriter err;
    private final List<Failure> failures = new ArrayList<>();

    /**
     * Prepares it.
     *
     * @param training options of every training
     * @param background options of the trainings that are given background pictures
     * @param evaluation options of every evaluation
     * @param err hears a line a run
     */
    ExperimentRunner(List<String> training, List<String> background, List<String> evaluation, PrintWriter err) {
        this.training = List.copyOf(training);
        this.background = List.copyOf(background);
        this.evaluation = List.copyOf(evaluation);
        this.err = err;
    }

    /** The runs that failed. */
    List<Failure> failures() {
        return List.copyOf(failures);
    }

    /** Does what is not done yet; gives {@link ExitCode#STOPPED} where it was stopped, else {@link ExitCode#OK}. */
    int run(List<ExperimentRun> runs) throws IOException {
        Interruption interruption = Interruption.ending(err, STOPPED);
        try {
            return runInTurn(runs);
        } finally {
            interruption.close();
        }
    }

    private int runInTurn(List<ExperimentRun> runs) throws IOException {
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
            int code = run.train(training, background); // hears Ctrl-C itself
            if (code == ExitCode.STOPPED) {
                say(STOPPED);
                return ExitCode.STOPPED;
            }
            if (code == ExitCode.OK) {
                code = run.evaluate(evaluation);
            }
            if (code != ExitCode.OK) {
                failures.add(new Failure(run.arm().name(), run.seed(), run.reason()));
                say("%s, seed %d failed: %s".formatted(run.arm().name(), run.seed(), run.reason()));
            }
        }
        return ExitCode.OK;
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
