package io.hardmine.cli.command;

import io.hardmine.cli.doctor.Finding;
import io.hardmine.cli.doctor.Machine;
import io.hardmine.cli.gallery.RoundGalleries;
import io.hardmine.cli.terminal.Console;
import io.hardmine.cli.terminal.Interruption;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.core.evaluation.CocoScores;
import io.hardmine.core.training.Preset;
import io.hardmine.core.training.StepReport;
import io.hardmine.datasets.DataSummary;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.loading.BackgroundPool;
import io.hardmine.mining.bootstrap.Forecast;
import io.hardmine.mining.bootstrap.HardExample;
import io.hardmine.mining.bootstrap.RoundReport;
import io.hardmine.mining.run.RunListener;
import io.hardmine.mining.settings.RunSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/** Shows a training run: a line for each validation, and at a terminal also a progress bar. */
final class TrainingProgress implements RunListener, AutoCloseable {
    private static final double MOVING = 0.98;

    private final PrintWriter err;
    private final boolean withBar;
    private final Path run;
    private RoundGalleries galleries;
    private int batch = 1;
    private Runnable stop;
    private Interruption interruption;
    private Phase phase;
    private ProgressBar bar;
    private ProgressBar mining;
    private double classLoss = Double.NaN;
    private double boxLoss = Double.NaN;
    private double ap = Double.NaN;
    private double bestAp = Double.NaN;
    private int stepsPerEpoch = 1;
    private long steps;

    /**
     * A display.
     *
     * @param run folder of the run, for the pages of the mining rounds
     */
    TrainingProgress(PrintWriter err, boolean withBar, Path run) {
        this.err = err;
        this.withBar = withBar;
        this.run = run;
    }

    /**
     * Lets Ctrl-C stop the run and keep its progress, from {@link #onPrepared} on.
     *
     * @param asked asks the run to stop; called from any thread
     */
    void stopOnSignal(Runnable asked) {
        stop = asked;
    }

    /** Whether the run was asked to stop. */
    boolean isStopAsked() {
        return interruption != null && interruption.isAsked();
    }

    @Override
    public void onPrepared() {
        if (stop != null) {
            interruption = new Interruption(() -> {
                say("stopping after this step; Ctrl-C again ends at once");
                stop.run();
            });
        }
    }

    @Override
    public void onData(DataSummary summary) {
        endPhase();
        err.print(summary.text());
        err.flush();
    }

    @Override
    public void onBackground(BackgroundPool pool) {
        err.print(pool.text());
        err.flush();
    }

    @Override
    public void onSplit(Partition partition) {
        galleries =
                new RoundGalleries(run.resolve("bootstrap"), partition.dataset().categoryNames());
        say(DatasetSplitCommand.describe(partition));
        warnOfSlowMachine();
    }

    private void warnOfSlowMachine() {
        for (Finding finding : Machine.inspect()) {
            if (finding.status() != Finding.Status.GOOD) {
                onWarning("%s: %s: %s".formatted(finding.check(), finding.found(), finding.advice()));
            }
        }
    }

    @Override
    public void onSettings(RunSettings settings) {
        batch = settings.training().schedule().batch();
    }

    @Override
    public void onBudget(Preset size, long steps) {
        endPhase();
        say("in the time given: preset %s, %d steps".formatted(size.name().toLowerCase(Locale.ROOT), steps));
    }

    @Override
    public void onPhase(String what) {
        endPhase();
        phase = Phase.begin(what, err);
    }

    private void endPhase() {
        if (phase != null) {
            phase.close();
            phase = null;
        }
    }

    @Override
    public void onStart(TrainingPlan plan) {
        endPhase();
        stepsPerEpoch = plan.stepsPerEpoch();
        steps = plan.steps();
        say("%.1f million parameters, input %d x %d, anchors reach %.1f %% of the training boxes, %s"
                .formatted(
                        plan.parameters() / 1e6,
                        plan.input().shortSide(),
                        plan.input().longSide(),
                        100 * plan.anchorRecall().overall(),
                        plan.kernels()));
        say("%d steps of %d ms, %d an epoch%s%s: about %s"
                .formatted(
                        plan.steps(),
                        plan.step().toMillis(),
                        plan.stepsPerEpoch(),
                        plan.backgroundPerEpoch() > 0
                                ? ", " + plan.backgroundPerEpoch() + " background pictures in each"
                                : "",
                        plan.firstStep() > 0 ? ", going on after step " + plan.firstStep() : "",
                        Console.duration(plan.estimate())));
        bar = Console.bar("training", plan.firstStep(), plan.steps(), batch, withBar);
    }

    @Override
    public void onStep(StepReport step) {
        classLoss = moving(classLoss, step.classLoss());
        boxLoss = moving(boxLoss, step.boxLoss());
        bar.stepTo(step.step());
        bar.setExtraMessage(message(step.epoch()));
    }

    /** Text of the bar after time and speed, the most important part first. */
    private String message(int epoch) {
        String text =
                Console.text("epoch %d of %d, loss %.2f + %.2f (class + box)", epoch, epochs(), classLoss, boxLoss);
        return text
                + (Double.isNaN(ap) ? "" : Console.text(", AP %.3f", ap))
                + (Double.isNaN(bestAp) ? "" : Console.text(", best %.3f", bestAp));
    }

    private long epochs() {
        return (steps + stepsPerEpoch - 1) / stepsPerEpoch;
    }

    @Override
    public void onValidation(long step, int epoch, CocoScores scores, boolean best) {
        ap = scores.ap();
        bestAp = best ? ap : bestAp; // the best AP of a resumed run is unknown until a better one is found
        say(Console.text(
                "epoch %d of %d: class loss %.3f, box loss %.3f; validation AP %.3f, AP50 %.3f%s",
                epoch,
                epochs(),
                classLoss,
                boxLoss,
                ap,
                scores.ap50(),
                best ? ", the best so far" : Double.isNaN(bestAp) ? "" : Console.text(" (best AP %.3f)", bestAp)));
    }

    @Override
    public void onEarlyStop(long step, int validations) {
        say(Console.text(
                "the last %d validations had no better AP: the training ends after step %d of %d",
                validations, step, steps));
    }

    @Override
    public void onRoundStart(int round, int pictures, int done) {
        mining = Console.bar("mining round " + round, done, pictures, 1, withBar);
    }

    @Override
    public void onPicture() {
        mining.step();
    }

    @Override
    public void onRound(RoundReport report, List<HardExample> set) throws IOException {
        if (mining != null) {
            mining.close();
            mining = null;
        }
        say(report.sentence());
        Forecast.of(report).map(Forecast::sentence).ifPresent(this::say);
        galleries.write(report, set);
    }

    @Override
    public void onWarning(String sentence) {
        endPhase();
        say("warning: " + sentence);
    }

    /** Prints a line; the bar is drawn again below it. */
    void say(String line) {
        if (bar != null && Console.isInteractive()) {
            err.flush();
            Console.clearLine();
        }
        err.println(line);
        err.flush();
    }

    private static double moving(double average, double value) {
        return Double.isNaN(average) ? value : MOVING * average + (1 - MOVING) * value;
    }

    @Override
    public void close() {
        if (interruption != null) {
            interruption.close();
        }
        endPhase();
        if (mining != null) {
            mining.close();
        }
        if (bar != null) {
            bar.close();
        }
    }
}
