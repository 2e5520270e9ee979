package io.hardmine.cli.option;

import io.hardmine.datasets.LoadOptions;
import io.hardmine.mining.run.TrainingRun;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Background pictures and settings of a training. Shared by all commands that train. */
public final class TrainingOptions {
    @Option(
            names = "--background",
            paramLabel = "DIR|LIST",
            description = "Pictures without objects, a folder or a list file; every epoch shows some.")
    private Path background;

    @Mixin
    private SettingsOptions settings;

    /** Folder or list of the background pictures; null if none was given. */
    public Path background() {
        return background;
    }

    /**
     * A training with these options.
     *
     * @param data folder of annotated pictures
     * @param reading how the folder is read
     */
    public TrainingRun.Builder run(Path data, LoadOptions reading) {
        TrainingRun.Builder run = TrainingRun.on(data, reading);
        settings.preset().ifPresent(run::preset);
        settings.assignments().forEach(run::set);
        if (background != null) {
            run.background(background);
        }
        settings.file().ifPresent(run::settings);
        return run;
    }

    /** Where the settings come from. */
    public SettingsOptions settings() {
        return settings;
    }
}
