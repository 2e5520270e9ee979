package io.hardmine.mining.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.training.DefaultSettings;
import io.hardmine.core.training.Preset;
import io.hardmine.core.training.TrainingSettings;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    private static final TrainingSettings DEFAULTS =
            DefaultSettings.of(new Dataset("none", List.of(), List.of()), Preset.BALANCED, 1);

    @TempDir
    private Path folder;

    private Path file(String yaml) throws Exception {
        return Files.writeString(folder.resolve("settings.yaml"), yaml);
    }

    @Test
    void whatIsNotMentionedKeepsItsDefault() throws Exception {
        TrainingSettings read = SettingsReader.read(file("loss:\n  gamma: 1.5\nseed: 7\n"), DEFAULTS);
        assertEquals(1.5, read.loss().gamma());
        assertEquals(7, read.seed());
        assertEquals(DEFAULTS.loss().alpha(), read.loss().alpha());
        assertEquals(DEFAULTS.optimizer(), read.optimizer());
    }

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        TrainingSettings changed = SettingsReader.set("optimizer.learning_rate=0.123", DEFAULTS);
        assertEquals(0.123, changed.optimizer().learningRate());
        assertEquals(changed, SettingsReader.read(file(SettingsReader.write(changed)), DEFAULTS));
    }

    @Test
    void aNumberMayBeLeftToARule() throws Exception {
        TrainingSettings read =
                SettingsReader.read(file("loss: {class_weight: auto}\nnetwork:\n  prior: Auto\n"), DEFAULTS);
        assertNull(read.loss().classWeight());
        assertNull(read.network().prior());
        String written = SettingsReader.write(read);
        assertTrue(written.contains("prior: auto") && written.contains("class_weight: auto"), written);
        assertEquals(read, SettingsReader.read(file(written), DEFAULTS));
        assertEquals(
                0.07, SettingsReader.set("network.prior=0.07", read).network().prior());
        DataException e = assertThrows(DataException.class, () -> SettingsReader.set("loss.gamma=auto", DEFAULTS));
        assertEquals("'loss.gamma=auto': 'loss.gamma' must be a finite number, not 'auto'", e.getMessage());
        e = assertThrows(DataException.class, () -> SettingsReader.set("network.prior=low", DEFAULTS));
        assertEquals(
                "'network.prior=low': 'network.prior' must be a finite number, or auto, not 'low'", e.getMessage());
    }

    @Test
    void severalFieldsMayComeInAnyOrder() {
        int larger = DEFAULTS.input().longSide() + 200;
        String shortSide = "input.short_side=" + larger;
        String longSide = "input.long_side=" + (larger + 100);
        for (List<String> order : List.of(List.of(shortSide, longSide), List.of(longSide, shortSide))) {
            TrainingSettings read = SettingsReader.set(order, DEFAULTS);
            assertEquals(larger, read.input().shortSide());
            assertEquals(larger + 100, read.input().longSide());
        }
    }

    @Test
    void ofTheSameFieldTheLastOneCounts() {
        assertEquals(
                5,
                SettingsReader.set(List.of("seed=9", "loss.gamma=1", "seed=5"), DEFAULTS)
                        .seed());
    }

    @Test
    void whatFitsInNoOrderIsRefused() {
        List<String> given = List.of("seed=9", "input.short_side=900", "input.long_side=800", "loss.gamma=1");
        DataException e = assertThrows(DataException.class, () -> SettingsReader.set(given, DEFAULTS));
        assertTrue(e.getMessage().contains("input.long_side"), e.getMessage());
    }

    @Test
    void whatIsNoSettingsFileIsNotRead() throws Exception {
        DataException e = assertThrows(DataException.class, () -> SettingsReader.read(folder, DEFAULTS));
        assertEquals(folder + " is a folder; give a file", e.getMessage());
        Path large = file("#".repeat((1 << 20) + 1));
        e = assertThrows(DataException.class, () -> SettingsReader.read(large, DEFAULTS));
        assertEquals(large + " has 1 MB; such a file may have 1 MB. Is it the right one?", e.getMessage());
    }

    @Test
    void anEmptyFileChangesNothing() throws Exception {
        assertEquals(DEFAULTS, SettingsReader.read(file(""), DEFAULTS));
    }

    /** What the user wrote, and words that the message must hold: what is wrong, where, and what would be right. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loss: {gama: 2}                        | settings.yaml | gama | gamma",
                "loss: {gamma: -1}                      | settings.yaml | gamma | [0, 10]",
                "loss: {alpha: 1.5}                     | settings.yaml | alpha | between 0 and 1",
                "loss: {gamma: much}                    | settings.yaml | gamma | number",
                "loss: {kind: fokal}                    | settings.yaml | kind | focal",
                "loss: 3                                | settings.yaml | loss | gamma",
                "seed: 1.5                              | settings.yaml | seed | whole",
                "seed: 99999999999999999999             | settings.yaml | line 1 | out of range",
                "schedule: {epochs: 0}                  | settings.yaml | epochs | 1",
                "'{loss: {gamma: 2}'                    | settings.yaml | line | YAML",
                "'seed: 1\nseed: 2'                     | settings.yaml | seed | Duplicate",
                "input: {short_side: 8}                 | settings.yaml | short_side | 32",
                "augmentation: {scale: 9}               | settings.yaml | scale | [0, 4]",
                "optimizer: {learning_rate: }           | settings.yaml | learning_rate | number",
            })
    void faultsAreNamedWithTheirPlace(String yaml, String file, String field, String advice) throws Exception {
        String text = yaml.replace("\\n", "\n");
        DataException e = assertThrows(DataException.class, () -> SettingsReader.read(file(text), DEFAULTS));
        for (String word : List.of(file, field, advice)) {
            assertTrue(e.getMessage().contains(word), "'" + word + "' is missing in: " + e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loss.gamma        | field=value",
                "=3                | field=value",
                "loss.gama=2       | gamma",
                "los.gamma=2       | loss",
                "loss.gamma=two    | number",
            })
    void faultsOnTheCommandLineToo(String assignment, String advice) {
        DataException e = assertThrows(DataException.class, () -> SettingsReader.set(assignment, DEFAULTS));
        assertTrue(e.getMessage().contains(advice), e.getMessage());
    }

    @Test
    void aMissingFileIsNamed() {
        DataException e =
                assertThrows(DataException.class, () -> SettingsReader.read(folder.resolve("gone.yaml"), DEFAULTS));
        assertTrue(e.getMessage().endsWith("gone.yaml: there is no such settings file"), e.getMessage());
    }
}
