package io.hardmine.cli;

import io.hardmine.core.evaluation.CocoScores;
import io.hardmine.core.training.StepReport;
import io.hardmine.core.training.TrainingListener;
import io.hardmine.mining.bootstrap.BootstrapListener;
import io.hardmine.mining.bootstrap.HardExample;
import io.hardmine.mining.bootstrap.RoundReport;
import java.io.PrintWriter;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;

/** Shows a training run: a bar at a terminal, a line for each validation anywhere. */
final class TrainingProgress implements TrainingListener, BootstrapListener, AutoCloseable {
    private static final double MOVING = 0.98;

    private final PrintWriter err;
    private final boolean withBar;
    private ProgressBar bar;
    private ProgressBar mining;
    private double classLoss = Double.NaN;
    private double boxLoss = Double.NaN;
    private int stepsPerEpoch = 1;
    private long steps;

    TrainingProgress(PrintWriter err, boolean withBar) {
        this.err = err;
        this.withBar = withBar;
    }

    @Override
    public void onStart(Plan plan) {
        stepsPerEpoch = plan.stepsPerEpoch();
        steps = plan.steps();
        say("%.1f million parameters, anchors reach %.1f %% of the training boxes, %s"
                .formatted(plan.parameters() / 1e6, 100 * plan.anchorRecall().overall(), plan.kernels()));
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
        bar = Console.bar("training", plan.steps(), withBar);
        bar.stepTo(plan.firstStep());
    }

    @Override
    public void onStep(StepReport step) {
        classLoss = moving(classLoss, step.classLoss());
        boxLoss = moving(boxLoss, step.boxLoss());
        bar.stepTo(step.step());
        bar.setExtraMessage(" epoch %d, class loss %.3f, box loss %.3f".formatted(step.epoch(), classLoss, boxLoss));
    }

    @Override
    public void onValidation(long step, int epoch, CocoScores scores, boolean best) {
        say("epoch %d of %d: class loss %.3f, box loss %.3f; validation AP %.3f, AP50 %.3f%s"
                .formatted(
                        epoch,
                        (steps + stepsPerEpoch - 1) / stepsPerEpoch,
                        classLoss,
                        boxLoss,
                        scores.ap(),
                        scores.ap50(),
                        best ? ", the best so far" : ""));
    }

    @Override
    public void onRoundStart(int round, int pictures, int done) {
        mining = Console.bar("mining round " + round, pictures, withBar);
        mining.stepTo(done);
    }

    @Override
    public void onPicture() {
        mining.step();
    }

    @Override
    public void onRound(RoundReport report, List<HardExample> set) {
        if (mining != null) {
            mining.close();
            mining = null;
        }
        RoundReport.Validation scores = report.validation();
        say(
                "mining round %d after step %d: %d false alarms in %d crops (%.1f in 1000), %d new, %d again, %d alike; %d evicted, %d learnt; %d in the set%s%s"
                        .formatted(
                                report.round(),
                                report.step(),
                                report.falseAlarms(),
                                report.cropsScored(),
                                report.perThousand(),
                                report.added(),
                                report.again(),
                                report.duplicates(),
                                report.evicted(),
                                report.learnt(),
                                report.size(),
                                scores == null
                                        ? ""
                                        : "; validation AP %.3f, %s false alarms a picture at recall 0.8"
                                                .formatted(
                                                        scores.ap(),
                                                        scores.falseAlarmsAtRecall80() == null
                                                                ? "not reached:"
                                                                : "%.2f".formatted(scores.falseAlarmsAtRecall80())),
                                report.last() ? "; mining ends here" : ""));
    }

    @Override
    public void onWarning(String sentence) {
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
        if (mining != null) {
            mining.close();
        }
        if (bar != null) {
            bar.close();
        }
    }
}
