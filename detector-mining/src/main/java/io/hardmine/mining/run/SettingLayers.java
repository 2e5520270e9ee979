package io.hardmine.mining.run;

import io.hardmine.core.training.DefaultSettings;
import io.hardmine.core.training.Preset;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.SplitOptions;
import io.hardmine.datasets.Splitter;
import io.hardmine.mining.settings.RunSettings;
import io.hardmine.mining.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The sources of a run's settings; each overrides the one before it.
 *
 * @param preset defaults of this preset, which follow from the data; null for {@link Preset#BALANCED}
 * @param whole settings instead of the preset's defaults; null for the defaults
 * @param file settings in YAML; null for none
 * @param assignments single settings, each as {@code name=value}
 * @param seed of everything random; null for the seed of the other settings
 */
public record SettingLayers(Preset preset, RunSettings whole, Path file, List<String> assignments, Long seed) {
    private static final long DEFAULT_SEED = 1;

    /** Copies the assignments. */
    public SettingLayers {
        assignments = List.copyOf(assignments);
    }

    /** The preset that was given, or the usual one. */
    Preset size() {
        return preset == null ? Preset.BALANCED : preset;
    }

    /** Whether no setting determines the size of the detector. */
    boolean isSizeOpen() {
        return preset == null
                && whole == null
                && file == null
                && assignments.stream().noneMatch(a -> a.startsWith("network."));
    }

    /**
     * Makes sure that no single setting determines the length of the training. A settings file may: it is often a copy
     * of another run's, which holds every setting.
     *
     * @throws DataException if a single setting does
     */
    void requireOpenLength() {
        if (assignments.stream().anyMatch(a -> a.matches("schedule\\.(steps|epochs)\\s*=.*"))) {
            throw new DataException(
                    "a budget and the setting schedule.steps or schedule.epochs both tell the length of the"
                            + " training; leave one out");
        }
    }

    /** These layers with another preset. */
    SettingLayers with(Preset other) {
        return new SettingLayers(other, whole, file, assignments, seed);
    }

    /** These layers with one more setting over them. */
    SettingLayers with(String assignment) {
        List<String> more = new ArrayList<>(assignments);
        more.add(assignment);
        return new SettingLayers(preset, whole, file, more, seed);
    }

    /**
     * The split of a new run: as the folder gives it. Parts that it does not give are drawn with the seed of the settings.
     *
     * @throws DataException if a file, a name or a value cannot be used, or no training pictures are left
     * @throws IOException if the settings file cannot be read
     */
    public Partition split(LoadedDataset loaded) throws IOException {
        return Splitter.partition(
                loaded, SplitOptions.defaults(of(loaded.dataset()).training().seed()));
    }

    /**
     * The settings of a new run.
     *
     * @param train training pictures, from which the defaults follow
     * @throws DataException if a file, a name or a value cannot be used
     * @throws IOException if the file cannot be read
     */
    public RunSettings of(Dataset train) throws IOException {
        return of(train, null);
    }

    /**
     * The settings for training pictures.
     *
     * @param begun inputs of a run that is resumed, whose settings override the defaults; null for a new run
     * @throws DataException if a file, a name or a value cannot be used
     */
    RunSettings of(Dataset train, RunInputs begun) throws IOException {
        RunSettings settings = whole == null ? RunSettings.of(DefaultSettings.of(train, size(), DEFAULT_SEED)) : whole;
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
