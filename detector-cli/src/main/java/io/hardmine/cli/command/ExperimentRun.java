package io.hardmine.cli.command;

import io.hardmine.cli.terminal.Console;
import io.hardmine.cli.terminal.PrintableWriter;
import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.training.RunFolder;
import io.hardmine.mining.experiment.Arm;
import io.hardmine.mining.experiment.RunResult;
import io.hardmine.mining.run.ModelEvaluation;
import io.hardmine.mining.run.TrainingRun;
import io.hardmine.mining.settings.RunSettings;
import io.hardmine.mining.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * One arm with one seed: a training and an evaluation in a folder of its own. What is there already is not done again.
 *
 * @param arm which arm
 * @param seed of everything random
 * @param files where they lie
 */
record ExperimentRun(Arm arm, long seed, RunFolder files) {
    /** The run's place in an experiment's folder. */
    static ExperimentRun in(Path experiment, Arm arm, long seed) {
        return new ExperimentRun(
                arm,
                seed,
                new RunFolder(experiment.resolve("runs").resolve(arm.name()).resolve("seed-" + seed)));
    }

    /** Whether nothing is left to do. */
    boolean isDone() {
        return Files.exists(report("report.json"));
    }

    /** A file of its report. */
    Path report(String name) {
        return files.root().resolve("report").resolve(name);
    }

    /** What was said while it was done. */
    Path log() {
        return files.root().resolve("log.txt");
    }

    /** What it reached; only of a run that is done. */
    RunResult result() throws IOException {
        return RunResult.read(seed, report("report.json"), files);
    }

    /** Opens the log for more lines. */
    PrintWriter openLog() throws IOException {
        Files.createDirectories(files.root());
        return PrintableWriter.over(new PrintWriter(Files.newBufferedWriter(
                log(), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)));
    }

    /**
     * Trains it if that is not done, from the start or from where it was stopped.
     *
     * @param common settings of all arms
     * @return whether the model is there; if not, the run was stopped
     */
    boolean train(ExperimentData data, RunSettings common, PrintWriter log) throws IOException, InterruptedException {
        if (Files.exists(files.model())) {
            return true;
        }
        boolean resumed = files.hasCheckpoint();
        comment(log, trainCommand(data) + (resumed ? " --resume" : ""));
        try (TrainingProgress progress = new TrainingProgress(log, false, files.root())) {
            TrainingRun run = training(data, common, progress);
            progress.stopOnSignal(run::stop);
            TrainingRun.Outcome outcome = resumed ? run.resume() : run.train();
            progress.say(outcome.isFinished() ? "model: " + outcome.model() : "stopped; everything so far is kept");
            return outcome.isFinished() && !progress.isStopAsked();
        }
    }

    /** Announces what its training would do; writes nothing. */
    void rehearse(ExperimentData data, RunSettings common, PrintWriter err) throws IOException, InterruptedException {
        try (TrainingProgress progress = new TrainingProgress(err, false, files.root())) {
            training(data, common, progress).rehearse();
        }
    }

    private TrainingRun training(ExperimentData data, RunSettings common, TrainingProgress progress) {
        return TrainingRun.on(data.loaded())
                .settings(SettingsReader.set(arm.settings(), common))
                .seed(seed)
                .background(arm.background() ? data.background() : List.of())
                .listener(progress)
                .into(files.root());
    }

    /** Evaluates its model; the report appears when it is whole. */
    void evaluate(ExperimentData data, PrintWriter log) throws IOException {
        Path unfinished = files.root().resolve("report-unfinished");
        Folders.delete(unfinished);
        comment(log, evaluateCommand(data));
        try (TrainedModel model = TrainedModel.read(files.model())) {
            ModelEvaluation evaluation = ModelEvaluation.of(model, data.loaded());
            evaluation.warnings().forEach(w -> log.println("warning: " + w));
            PictureDetections found = evaluation.detect(() -> {});
            EvaluationReport report = evaluation.score(
                    found, files.model().toString(), data.folder().toString());
            EvaluationFiles.write(report, found, evaluation.pictures().dataset(), unfinished, log);
        }
        Files.createDirectories(report("report.json").getParent());
        for (String name : List.of("detections.json", "report.html", "report.json")) {
            Files.move(unfinished.resolve(name), report(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Folders.delete(unfinished);
    }

    /** The command that would do the same; the run's own {@code settings.yaml} says all that is set. */
    private String trainCommand(ExperimentData data) {
        String settings = Console.quoted(files.root().resolve("settings.yaml"));
        return "hardmine train --data %s%s --settings %s --out %s"
                .formatted(
                        Console.quoted(data.folder()),
                        arm.background() ? " --background " + Console.quoted(data.backgroundFolder()) : "",
                        settings,
                        Console.quoted(files.root()));
    }

    private String evaluateCommand(ExperimentData data) {
        return "hardmine evaluate --model %s --data %s --out %s"
                .formatted(
                        Console.quoted(files.model()),
                        Console.quoted(data.folder()),
                        Console.quoted(report("report.json").getParent()));
    }

    private static void comment(PrintWriter log, String command) {
        log.println("# " + command);
    }
}
