package io.hardmine.mining.run;

import io.hardmine.core.training.RunFolder;
import io.hardmine.mining.experiment.Arm;
import io.hardmine.mining.experiment.RunResult;
import io.hardmine.mining.settings.RunSettings;
import io.hardmine.mining.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One arm of an experiment with one seed: a training and an evaluation, in a folder of its own.
 *
 * @param arm which arm
 * @param seed of everything random
 * @param files of the training
 */
public record ExperimentRun(Arm arm, long seed, RunFolder files) {
    /** The run in an experiment's folder. */
    static ExperimentRun of(Path experiment, Arm arm, long seed) {
        return new ExperimentRun(
                arm,
                seed,
                new RunFolder(experiment.resolve("runs").resolve(arm.name()).resolve("seed-" + seed)));
    }

    /** Whether the run is trained and evaluated: {@code report.json} is the last file to be written. */
    public boolean isDone() {
        return Files.exists(report("report.json"));
    }

    /** The folder of the report. */
    public Path report() {
        return files.root().resolve("report");
    }

    /** A file of the report. */
    public Path report(String name) {
        return report().resolve(name);
    }

    /** The results of a finished run. */
    RunResult result() throws IOException {
        return RunResult.read(seed, report("report.json"), files);
    }

    /**
     * The training of the run.
     *
     * @param common settings of all arms
     */
    public TrainingRun training(ExperimentData data, RunSettings common, RunListener listener) {
        return TrainingRun.on(data.loaded())
                .settings(SettingsReader.set(arm.settings(), common))
                .seed(seed)
                .background(arm.background() ? data.background() : List.of())
                .listener(listener)
                .into(files.root());
    }
}
