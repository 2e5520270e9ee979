package io.hardmine.cli.command;

import io.hardmine.cli.option.BudgetOption;
import io.hardmine.cli.option.DataOptions;
import io.hardmine.cli.option.DecisionOptions;
import io.hardmine.cli.option.TrainingOptions;
import io.hardmine.cli.terminal.Console;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.core.training.NotFiniteException;
import io.hardmine.datasets.DataException;
import io.hardmine.mining.run.RunListener;
import io.hardmine.mining.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hardmine train}: trains a detector on annotated pictures. */
@Command(
        name = "train",
        description = {
            "Trains a detector on a folder of annotated pictures and writes RUN/model.zip.",
            "",
            "Size of the input, anchors and length of the training follow from the data; a preset sets the detector's size, a "
                    + "settings file or --set any single value. The estimated time is printed first. If there are no "
                    + "validation pictures, some training pictures are set aside; test pictures are never used."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine train --data parts/ --out run --dry-run    # checks, trains nothing",
            "  hardmine train --data parts/ --out run",
            "  hardmine train --data parts/ --out run --resume     # goes on after Ctrl-C",
            "  hardmine train --data parts/ --background empty/ --preset fast --out quick",
            "  hardmine train --data parts/ --background empty/ --mine --out mined",
            "  hardmine train --data parts/ --budget 30m --out run # as good as half an hour makes it",
            "",
            "RUN/settings.yaml holds all settings that were used; a copy of it is a good start for a settings file."
        })
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of annotated pictures.")
    private Path folder;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "Folder of the run.")
    private Path out;

    @Mixin
    private TrainingOptions training;

    @Option(
            names = "--mine",
            description = {
                "Hard negative mining: search the background several times, show what the detector falsely fires on.",
                "Short for --set bootstrap.source=mined."
            })
    private boolean mine;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all random choices. Default: 1.")
    private Long seed;

    @Mixin
    private BudgetOption budget;

    @Option(names = "--resume", description = "Go on from the run's last checkpoint.")
    private boolean resume;

    @Option(names = "--dry-run", description = "Check data and settings, estimate the time, train nothing.")
    private boolean dryRun;

    @Option(
            names = "--find-rate",
            description = "Try learning rates, draw the loss over the rate into RUN/learning-rate.png, train nothing.")
    private boolean findRate;

    @Option(names = "--quiet", description = "No progress bar.")
    private boolean quiet;

    @Mixin
    private DataOptions data;

    @Mixin
    private DecisionOptions decisions;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        refuseContradictions();
        try (TrainingProgress progress = new TrainingProgress(spec.commandLine().getErr(), !quiet, out)) {
            TrainingRun run = run(progress);
            if (dryRun) {
                run.rehearse();
                progress.say("dry run: nothing was written");
                return ExitCode.OK;
            }
            if (findRate) {
                new RateReport(run.findRate()).write(out, progress::say);
                return ExitCode.OK;
            }
            progress.stopOnSignal(run::stop);
            boolean finished = train(run, progress); // a stop counts even after the last step
            return finished && !progress.isStopAsked() ? ExitCode.OK : ExitCode.STOPPED;
        }
    }

    private void refuseContradictions() {
        if (resume && (dryRun || findRate)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s looks at a training from its start; leave --resume out"
                            .formatted(dryRun ? "--dry-run" : "--find-rate"));
        }
        if (mine && training.settings().assignments().stream().anyMatch(a -> a.startsWith("bootstrap.source="))) {
            throw new ParameterException(
                    spec.commandLine(), "--mine means --set bootstrap.source=mined; leave one of them out");
        }
        if (dryRun && findRate) {
            throw new ParameterException(
                    spec.commandLine(), "--find-rate writes a chart and --dry-run writes nothing; leave one out");
        }
    }

    private TrainingRun run(RunListener listener) throws IOException {
        TrainingRun.Builder builder =
                training.run(folder, data.options()).decisions(decisions.read()).listener(listener);
        if (mine) {
            builder.set("bootstrap.source=mined");
        }
        if (seed != null) {
            builder.seed(seed);
        }
        budget.apply(builder, resume);
        return builder.into(out);
    }

    /** Trains or resumes. Returns whether all steps are done. If it fails and steps are kept, says how to go on. */
    private boolean train(TrainingRun run, TrainingProgress progress) throws IOException, InterruptedException {
        try {
            TrainingRun.Outcome outcome = resume ? run.resume() : run.train();
            progress.say(
                    outcome.isFinished()
                            ? "model: " + outcome.model()
                            : "stopped; everything so far is kept. To go on: " + resumeCommand());
            return outcome.isFinished();
        } catch (NotFiniteException e) {
            throw e; // resuming with the same settings would fail again
        } catch (DataException e) {
            throw run.checkpointedSteps() < 0
                    ? e
                    : new DataException("%s. %s".formatted(e.getMessage().replaceFirst("\\.$", ""), kept(run)), e);
        } catch (IOException | RuntimeException e) {
            if (run.checkpointedSteps() >= 0) {
                progress.say(kept(run));
            }
            throw e;
        }
    }

    private String kept(TrainingRun run) {
        return "The first %d steps are kept; when the cause is fixed, go on with: %s"
                .formatted(run.checkpointedSteps(), resumeCommand());
    }

    private String resumeCommand() {
        StringBuilder command = new StringBuilder("hardmine train --data " + Console.quoted(folder));
        if (training.background() != null) {
            command.append(" --background ").append(Console.quoted(training.background()));
        }
        decisions.files().forEach(f -> command.append(" --decisions ").append(Console.quoted(f)));
        return command.append(" --out ")
                .append(Console.quoted(out))
                .append(" --resume")
                .toString();
    }
}
