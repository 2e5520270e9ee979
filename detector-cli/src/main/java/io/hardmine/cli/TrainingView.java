package io.hardmine.cli;

import io.hardmine.core.anchor.AnchorFitter;
import io.hardmine.core.evaluation.CocoScores;
import io.hardmine.core.training.StepReport;
import io.hardmine.core.training.TrainingListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** What a training run shows: its plan, a progress bar on a terminal, a line for each validation. */
final class TrainingView implements TrainingListener, AutoCloseable {
    private final PrintWriter print;
    private final boolean terminal;
    private ProgressBar bar;

    TrainingView(PrintWriter print, boolean terminal) {
        this.print = print;
        this.terminal = terminal;
    }

    @Override
    public void onStart(Plan plan) {
        AnchorFitter.Recall recall = plan.anchorRecall();
        print.printf(
                Locale.ROOT, "detector: %.1f million parameters, on %s%n", plan.parameters() / 1e6, plan.kernels());
        print.printf(
                Locale.ROOT,
                "anchors: base %.2f strides, height : width %s; they reach %.1f %% of the training boxes%n",
                plan.anchors().base(),
                plan.anchors().ratios(),
                100 * recall.overall());
        if (plan.backgroundPerEpoch() > 0) {
            print.printf("background: %d pictures in each epoch%n", plan.backgroundPerEpoch());
        }
        print.printf(
                Locale.ROOT,
                "%d steps (%d an epoch) of about %d ms: some %s%n",
                plan.steps() - plan.firstStep(),
                plan.stepsPerEpoch(),
                plan.step().toMillis(),
                text(plan.estimate()));
        print.flush();
        if (terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName("training")
                    .setInitialMax(plan.steps())
                    .startsFrom(plan.firstStep(), Duration.ZERO)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(500)
                    .build();
        }
    }

    private static String text(Duration d) {
        return d.toMinutes() < 2 ? d.toSeconds() + " seconds" : d.toMinutes() + " minutes";
    }

    @Override
    public void onStep(StepReport step) {
        if (bar != null) {
            bar.setExtraMessage("class %.3f box %.3f".formatted(step.classLoss(), step.boxLoss()));
            bar.stepTo(step.step());
        }
    }

    @Override
    public void onValidation(long step, int epoch, CocoScores scores, boolean best) {
        print.printf(
                Locale.ROOT,
                "%sepoch %d: validation AP %.3f, AP50 %.3f%s%n",
                bar == null ? "" : "\r\033[K",
                epoch,
                scores.ap(),
                scores.ap50(),
                best ? ", the best so far" : "");
        print.flush();
    }

    @Override
    public void onWarning(String sentence) {
        print.println("note: " + sentence);
        print.flush();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
