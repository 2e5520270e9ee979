package io.hardmine.cli.command;

import io.hardmine.cli.terminal.Console;
import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.mining.run.ExperimentData;
import io.hardmine.mining.run.ExperimentRun;
import io.hardmine.mining.run.ModelEvaluation;
import io.hardmine.mining.run.TrainingRun;
import io.hardmine.mining.settings.RunSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;

/**
 * A run of an experiment, with a log. A finished training is not repeated.
 *
 * @param run which arm, which seed
 * @param data the pictures of all runs
 * @param common settings of all arms
 * @param log gets all output, and before each part the command that would do the same
 */
record LoggedRun(ExperimentRun run, ExperimentData data, RunSettings common, PrintWriter log) {
    /**
     * Trains the run, from the start or from where it was stopped.
     *
     * @return true if the training is finished; false if it was stopped, even if after the last step
     */
    boolean train() throws IOException, InterruptedException {
        if (Files.exists(run.files().model())) {
            return true;
        }
        boolean resumed = run.files().hasCheckpoint();
        log.println("# " + trainCommand() + (resumed ? " --resume" : ""));
        try (TrainingProgress progress = progress()) {
            TrainingRun training = run.training(data, common, progress);
            progress.stopOnSignal(training::stop);
            TrainingRun.Outcome outcome = resumed ? training.resume() : training.train();
            progress.say(outcome.isFinished() ? "model: " + outcome.model() : "stopped; everything so far is kept");
            return outcome.isFinished() && !progress.isStopAsked();
        }
    }

    /** Announces what the training would do; writes nothing. */
    void rehearse() throws IOException, InterruptedException {
        try (TrainingProgress progress = progress()) {
            run.training(data, common, progress).rehearse();
        }
    }

    private TrainingProgress progress() {
        return new TrainingProgress(log, false, run.files().root());
    }

    /** Evaluates the model of the run. */
    void evaluate() throws IOException {
        log.println("# " + evaluateCommand());
        try (TrainedModel model = TrainedModel.read(run.files().model())) {
            ModelEvaluation evaluation = ModelEvaluation.of(model, data.loaded());
            evaluation.warnings().forEach(w -> log.println("warning: " + w));
            PictureDetections found = evaluation.detect(() -> {});
            EvaluationReport report = evaluation.score(
                    found, run.files().model().toString(), data.folder().toString());
            EvaluationFiles.write(report, found, evaluation.pictures().dataset(), run.report(), log);
        }
    }

    /** The run's own {@code settings.yaml} holds all of its settings. */
    private String trainCommand() {
        return "hardmine train --data %s%s --settings %s --out %s"
                .formatted(
                        Console.quoted(data.folder()),
                        run.arm().background() ? " --background " + Console.quoted(data.backgroundFolder()) : "",
                        Console.quoted(run.files().root().resolve("settings.yaml")),
                        Console.quoted(run.files().root()));
    }

    private String evaluateCommand() {
        return "hardmine evaluate --model %s --data %s --out %s"
                .formatted(
                        Console.quoted(run.files().model()),
                        Console.quoted(data.folder()),
                        Console.quoted(run.report()));
    }
}
