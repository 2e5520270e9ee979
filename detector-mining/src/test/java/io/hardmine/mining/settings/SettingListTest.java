package io.hardmine.mining.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.training.DefaultSettings;
import io.hardmine.core.training.Preset;
import io.hardmine.datasets.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingListTest {
    private static final RunSettings DEFAULTS =
            RunSettings.of(DefaultSettings.of(new Dataset("none", List.of(), List.of()), Preset.BALANCED, 1));

    @Test
    void everySettingHasAMeaningAndARange() {
        for (SettingList.Entry entry : SettingList.of(DEFAULTS)) {
            assertFalse(entry.meaning().isBlank(), entry.name());
            assertTrue(!entry.range().isBlank() || entry.name().equals("anchors"), entry.name());
        }
    }

    /** Setting each to the default that is shown changes nothing; a default of another value would. */
    @Test
    void shownDefaultsAreTheRecords() {
        for (SettingList.Entry entry : SettingList.of(DEFAULTS)) {
            if (!entry.value().equals("from the data")) {
                assertEquals(DEFAULTS, SettingsReader.set(entry.name() + "=" + entry.value(), DEFAULTS), entry.name());
            }
        }
    }

    @Test
    void theDocumentedTableIsTheProgramsOwn() throws Exception {
        String documented = Files.readString(Path.of("../docs/settings.md"));
        assertTrue(
                documented.endsWith(SettingList.markdown(SettingList.of(DEFAULTS))),
                "docs/settings.md is out of date: hardmine settings --markdown prints the table");
    }
}
