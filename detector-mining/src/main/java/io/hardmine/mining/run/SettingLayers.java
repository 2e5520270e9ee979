package io.hardmine.mining.run;

import io.hardmine.core.training.DefaultSettings;
import io.hardmine.core.training.Preset;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.mining.settings.RunSettings;
import io.hardmine.mining.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the settings of a run come from, each over the one before it.
 *
 * @param preset defaults of this preset, which follow from the data
 * @param whole settings instead of those defaults; null for the defaults
 * @param file settings in YAML; null for none
 * @param assignments single settings, each as {@code name=value}
 * @param seed of everything random; null for the seed of the other settings
 */
record SettingLayers(Preset preset, RunSettings whole, Path file, List<String> assignments, Long seed) {
    private static final long DEFAULT_SEED = 1;

    SettingLayers {
        assignments = List.copyOf(assignments);
    }

    /**
     * The settings for pictures of training.
     *
     * @param begun what the run was begun with, if it goes on; these settings lie over the defaults. Null for a new run
     * @throws DataException if a file, a name or a value cannot be used
     */
    RunSettings of(Dataset train, RunInputs begun) throws IOException {
        RunSettings settings = whole == null ? RunSettings.of(DefaultSettings.of(train, preset, DEFAULT_SEED)) : whole;
        if (begun != null) {
            settings = begun.settings(settings);
        }
        if (file != null) {
            settings = SettingsReader.read(file, settings);
        }
        settings = SettingsReader.set(assignments, settings);
        return seed == null ? settings : SettingsReader.set("seed=" + seed, settings);
    }
}
