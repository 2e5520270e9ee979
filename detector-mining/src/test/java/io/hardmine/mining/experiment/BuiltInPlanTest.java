package io.hardmine.mining.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.training.DefaultSettings;
import io.hardmine.core.training.Preset;
import io.hardmine.datasets.Dataset;
import io.hardmine.mining.settings.RunSettings;
import io.hardmine.mining.settings.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BuiltInPlanTest {
    @ParameterizedTest
    @EnumSource(BuiltInPlan.class)
    void noTwoArmsAreAlike(BuiltInPlan plan) {
        List<Arm> arms = plan.arms();
        assertEquals(arms.size(), arms.stream().map(Arm::name).distinct().count());
        assertEquals(arms.size(), arms.stream().map(Arm::settings).distinct().count());
        arms.forEach(arm -> assertEquals(
                arm.value("bootstrap.source").isPresent(), arm.background(), () -> arm.name() + " and pool"));
    }

    @Test
    void lossesAreTenOnEqualTermsWithTheControlForMinedCrops() {
        List<Arm> arms = BuiltInPlan.LOSSES.arms();
        assertEquals(10, arms.size());
        for (Arm arm : arms) {
            assertEquals(Optional.of("auto"), arm.value("network.prior"), arm.name());
            assertEquals(Optional.of("auto"), arm.value("loss.class_weight"), arm.name());
        }
        assertEquals(
                Map.of("mined", "random"),
                BackgroundSweep.randomOfMined(arms),
                "the control differs in nothing but the source");
    }

    @Test
    void backgroundSweepsSharesForBothSources() {
        List<ArmResult> results = BuiltInPlan.BACKGROUND.arms().stream()
                .map(arm -> new ArmResult(arm, List.of()))
                .toList();
        Map<String, List<Double>> shares = BackgroundSweep.of(results).orElseThrow().lines().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().stream()
                        .map(BackgroundSweep.Point::share)
                        .toList()));
        List<Double> expected = List.of(0.0, 0.05, 0.1, 0.25, 0.5);
        assertEquals(Map.of("random", expected, "mined", expected), shares);
        assertEquals(
                4, BackgroundSweep.randomOfMined(BuiltInPlan.BACKGROUND.arms()).size());
        assertTrue(BackgroundSweep.of(BuiltInPlan.LOSSES.arms().stream()
                        .map(arm -> new ArmResult(arm, List.of()))
                        .toList())
                .isEmpty());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = "PAPER") // its parts are what the arms put in place of the default's
    void recipeChangesOneThingOfTheDefaultInEachArm(Preset preset) {
        RunSettings defaults = RunSettings.of(DefaultSettings.of(new Dataset("none", List.of(), List.of()), preset, 1));
        List<Arm> arms = BuiltInPlan.RECIPE.arms();
        assertEquals(defaults, SettingsReader.set(arms.get(0).settings(), defaults));
        for (Arm arm : arms.subList(1, arms.size())) {
            for (String setting : arm.settings()) {
                assertNotEquals(defaults, SettingsReader.set(setting, defaults), arm.name());
            }
        }
    }

    @Test
    void theLastOfTwoSettingsWins() {
        Arm arm = new Arm("a", List.of("loss.gamma=1", "loss.gamma= 2"), false);
        assertEquals(Optional.of("2"), arm.value("loss.gamma"));
        assertEquals(Optional.empty(), arm.value("loss.gam"));
    }
}
