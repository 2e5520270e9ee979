package io.hardmine.cli.command;

import io.hardmine.cli.experiment.ExperimentPage;
import io.hardmine.cli.option.DataOptions;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.core.training.RunLock;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.Split;
import io.hardmine.mining.experiment.ExperimentPlan;
import io.hardmine.mining.experiment.ExperimentResult;
import io.hardmine.mining.experiment.ExperimentTable;
import io.hardmine.mining.experiment.Failure;
import io.hardmine.mining.experiment.Interpretation;
import io.hardmine.mining.run.Experiment;
import io.hardmine.mining.run.ExperimentData;
import io.hardmine.mining.run.ExperimentFolder;
import io.hardmine.mining.run.ExperimentRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs an experiment and prints its result.
 *
 * @param files folder of the experiment
 * @param reference name of the arm that the others are compared with; null for the first
 * @param data how pictures are read
 * @param out gets the result
 * @param err gets progress and warnings
 */
record ExperimentSession(ExperimentFolder files, String reference, DataOptions data, PrintWriter out, PrintWriter err) {
    /** Compares the runs that are done. Returns the exit code. */
    int report(LoadedDataset loaded) throws IOException {
        ExperimentPlan plan = files.plan(loaded);
        plan.reference(reference);
        boolean given = !loaded.givenSplits().isEmpty();
        return report(plan, given ? loaded : data.load(files.splitData(), err), List.of());
    }

    /** Announces what the first run would do, and writes nothing. Returns the exit code. */
    int rehearse(Experiment experiment, ExperimentData pictures, List<Long> seeds)
            throws IOException, InterruptedException {
        ExperimentRun first = announced(experiment, seeds).get(0);
        err.println("the first of them, %s with seed %d:".formatted(first.arm().name(), first.seed()));
        new LoggedRun(first, pictures, experiment.common(), err).rehearse();
        err.println("dry run: nothing was written");
        out.print(ExperimentTable.settings(experiment.plan()).markdown());
        out.flush();
        return ExitCode.OK;
    }

    /** Does the runs that are not done yet, and compares all runs. Returns the exit code. */
    int run(Experiment experiment, ExperimentData pictures, List<Long> seeds) throws IOException, InterruptedException {
        List<ExperimentRun> runs = announced(experiment, seeds);
        RunLock lock = RunLock.take(files.root());
        try {
            files.begin(experiment.plan());
            ExperimentData split = pictures.loaded().givenSplits().isEmpty() ? copied(pictures) : pictures;
            ExperimentRunner runner = new ExperimentRunner(split, experiment.common(), err);
            return runner.run(runs) == ExitCode.STOPPED
                    ? ExitCode.STOPPED
                    : report(experiment.plan(), split.loaded(), runner.failures());
        } finally {
            lock.close();
        }
    }

    private List<ExperimentRun> announced(Experiment experiment, List<Long> seeds) throws IOException {
        ExperimentPlan plan = experiment.plan();
        plan.reference(reference);
        files.requireUnchanged(plan);
        List<ExperimentRun> runs = files.runs(plan, seeds);
        err.println("%d runs: %d arms, seeds %s, %d steps each; %d done already"
                .formatted(
                        runs.size(),
                        plan.arms().size(),
                        seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                        plan.steps(),
                        runs.stream().filter(ExperimentRun::isDone).count()));
        experiment.warnings().forEach(w -> err.println("warning: " + w));
        err.flush();
        return runs;
    }

    /** The pictures with one split for all runs, for data that has none. Copies them if there is no copy yet. */
    private ExperimentData copied(ExperimentData pictures) throws IOException {
        if (!files.hasSplitData()) {
            Partition partition = Experiment.split(pictures.loaded());
            err.println("the data has no split: a copy with one split for all runs goes to " + files.splitData());
            partition.warnings().forEach(w -> err.println("warning: " + w));
            Phase.during("copying pictures", err, () -> files.writeSplitData(partition));
            err.println(DatasetSplitCommand.describe(partition));
        }
        return pictures.split(files.splitData(), data.load(files.splitData(), err));
    }

    private int report(ExperimentPlan plan, LoadedDataset split, List<Failure> failures) throws IOException {
        Dataset test = Experiment.split(split).part(Split.TEST);
        ExperimentResult result = Phase.of(
                "comparing the arms", err, () -> files.compare(plan, test, plan.reference(reference), failures));
        ExperimentPage.write(result, files.root());
        out.print(ExperimentTable.arms(result).markdown());
        out.println(Interpretation.headline(result));
        out.println("report: " + files.root().resolve("experiment.html"));
        out.flush();
        return failures.isEmpty() ? ExitCode.OK : ExitCode.DATA;
    }
}
