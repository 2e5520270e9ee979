package io.hardmine.cli.option;

import io.hardmine.core.training.Preset;
import io.hardmine.datasets.LoadOptions;
import io.hardmine.mining.run.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is trained with, the same in every command that trains. */
public final class TrainingOptions {
    @Option(
            names = "--background",
            paramLabel = "DIR|LIST",
            description = "Pictures without objects, a folder or a list file; every epoch shows some.")
    private Path background;

    @Option(names = "--settings", paramLabel = "F", description = "Settings in YAML; options override them.")
    private Path settings;

    @Option(
            names = "--preset",
            paramLabel = "P",
            completionCandidates = Choices.OfPreset.class,
            description = "Size of the detector: ${COMPLETION-CANDIDATES}. Default: balanced.")
    private Preset preset;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            completionCandidates = Choices.OfAssignment.class,
            description = "One setting, such as schedule.epochs=40; may be repeated. 'hardmine settings' lists them.")
    private List<String> assignments = new ArrayList<>();

    /** Folder or list of the background pictures; null if none was given. */
    public Path background() {
        return background;
    }

    /** A training with these options. */
    public TrainingRun.Builder run(Path data, LoadOptions reading) {
        TrainingRun.Builder run = TrainingRun.on(data, reading);
        if (preset != null) {
            run.preset(preset);
        }
        assignments.forEach(run::set);
        if (background != null) {
            run.background(background);
        }
        if (settings != null) {
            run.settings(settings);
        }
        return run;
    }

    /** The settings file; null if none was given. */
    public Path settings() {
        return settings;
    }

    /** The preset. */
    public Preset preset() {
        return preset == null ? Preset.BALANCED : preset;
    }

    /** Single settings, each as {@code name=value}. */
    public List<String> assignments() {
        return List.copyOf(assignments);
    }
}
