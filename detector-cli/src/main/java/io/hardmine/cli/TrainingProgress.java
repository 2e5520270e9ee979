package io.hardmine.cli;

import io.hardmine.core.evaluation.CocoScores;
import io.hardmine.core.training.StepReport;
import io.hardmine.core.training.TrainingListener;
import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;

/** Shows a training run: a bar at a terminal, a line for each validation anywhere. */
final class TrainingProgress implements TrainingListener, AutoCloseable {
    private static final double MOVING = 0.98;

    private final PrintWriter err;
    private final boolean withBar;
    private ProgressBar bar;
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
                        duration(plan.estimate())));
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
                        steps / stepsPerEpoch,
                        classLoss,
                        boxLoss,
                        scores.ap(),
                        scores.ap50(),
                        best ? ", the best so far" : ""));
    }

    @Override
    public void onWarning(String sentence) {
        say("warning: " + sentence);
    }

    /** Prints a line; the bar is drawn again below it. */
    void say(String line) {
        if (bar != null && Console.isInteractive()) {
            err.print("\r\u001b[K");
        }
        err.println(line);
        err.flush();
    }

    private static double moving(double average, double value) {
        return Double.isNaN(average) ? value : MOVING * average + (1 - MOVING) * value;
    }

    private static String duration(Duration time) {
        if (time.toMinutes() < 2) {
            return time.toSeconds() + " s";
        }
        return time.toHours() < 2
                ? time.toMinutes() + " min"
                : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
