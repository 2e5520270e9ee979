package io.hardmine.mining;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hardmine.mining.bootstrap.BootstrapSettings;
import io.hardmine.mining.ohem.OhemSettings;
import io.hardmine.mining.ohem.SelectionSettings;
import org.junit.jupiter.api.Test;

class DefaultSettingsTest {
    @Test
    void everyDefaultOfMiningIsTheRecordedOne() {
        assertEquals(
                "BootstrapSettings[source=NONE, form=PICTURES, rounds=4, initial=64, entries=1000, megabytes=64.0,"
                        + " scan=Scan[crop=64, scales=[1.0, 0.7], score=0.1, margin=0.1], enough=5]",
                BootstrapSettings.none().toString());
        assertEquals(
                "SelectionSettings[kind=ALL, hardest=64, suppressionIou=0.7, burnIn=0.15, pool=0, pictureRepeats=1, repeatBy=LOSS]",
                SelectionSettings.all().toString());
    }

    @Test
    void theVariantsOfThePaperAreTheRecordedOnes() {
        assertEquals(new OhemSettings(48, 0.7, 0), OhemSettings.of(48));
        assertEquals(new OhemSettings(48, 0.7, 3), OhemSettings.oneToThree(48));
    }
}
