package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresetTest {
    @Test
    void everyPresetIsTheRecordedOne() {
        assertEquals(
                List.of(
                        "FAST 1.0 0.4 Network[backbone=TINY, width=24, pyramidChannels=48, headConvolutions=2, headNormalization=false, prior=0.01]",
                        "BALANCED 2.6 1.0 Network[backbone=RESNET18, width=32, pyramidChannels=64, headConvolutions=4, headNormalization=false, prior=0.01]",
                        "ACCURATE 9.0 1.5 Network[backbone=RESNET34, width=48, pyramidChannels=96, headConvolutions=4, headNormalization=false, prior=0.01]",
                        "PAPER 60.0 2.0 Network[backbone=RESNET50, width=64, pyramidChannels=256, headConvolutions=4, headNormalization=false, prior=0.01]"),
                Arrays.stream(Preset.values())
                        .map(p -> "%s %s %s %s".formatted(p, p.gigaflop(), p.budgetFactor(), p.network()))
                        .toList());
    }
}
