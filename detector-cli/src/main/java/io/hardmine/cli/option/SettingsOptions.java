package io.hardmine.cli.option;

import io.hardmine.core.training.Preset;
import io.hardmine.mining.run.SettingLayers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The settings of a training. Shared by all commands that take them. */
public final class SettingsOptions {
    @Option(names = "--settings", paramLabel = "F", description = "Settings in YAML; options override them.")
    private Path file;

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

    /** The preset; empty if none was given. */
    public Optional<Preset> preset() {
        return Optional.ofNullable(preset);
    }

    /** The settings file; empty if none was given. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** Single settings, each as {@code name=value}. */
    public List<String> assignments() {
        return List.copyOf(assignments);
    }

    /** The layers of settings that a new training with these options has. */
    public SettingLayers layers() {
        return new SettingLayers(preset, null, file, assignments, null);
    }
}
