package io.hardmine.cli.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hardmine.core.training.DefaultSettings;
import io.hardmine.core.training.Preset;
import io.hardmine.core.training.TrainingSettings;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.mining.experiment.ArmsFile;
import io.hardmine.mining.settings.SettingsReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of a file and of {@code --set}, and the arms of an experiment. */
class SettingsFuzzTest {
    private static final int MUTATIONS = 500;
    private static final TrainingSettings DEFAULTS =
            DefaultSettings.of(new Dataset("none", List.of(), List.of()), Preset.BALANCED, 1);

    @TempDir
    private static Path folder;

    @FuzzTest
    void file(byte[] input) throws IOException {
        Path file = Files.write(folder.resolve("settings.yaml"), input);
        try {
            SettingsReader.read(file, DEFAULTS);
        } catch (DataException e) {
            assertFalse(e.getMessage().isBlank());
        }
    }

    @FuzzTest
    void assignment(byte[] input) {
        try {
            SettingsReader.set(new String(input, StandardCharsets.UTF_8), DEFAULTS);
        } catch (DataException e) {
            assertFalse(e.getMessage().isBlank());
        }
    }

    @FuzzTest
    void arms(byte[] input) throws IOException {
        Path file = Files.write(folder.resolve("arms.yaml"), input);
        try {
            ArmsFile.read(file, options -> {});
        } catch (DataException e) {
            assertFalse(e.getMessage().isBlank());
        }
    }

    @Test
    void mutatedSettingsFilesAreReadOrRefused() throws Exception {
        FuzzTarget.overMutations(getClass(), "file", MUTATIONS, this::file);
    }

    @Test
    void mutatedAssignmentsAreReadOrRefused() throws Exception {
        FuzzTarget.overMutations(getClass(), "assignment", MUTATIONS, this::assignment);
    }

    @Test
    void mutatedArmsAreReadOrRefused() throws Exception {
        FuzzTarget.overMutations(getClass(), "arms", MUTATIONS, this::arms);
    }
}
