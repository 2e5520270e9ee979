package io.hardmine.mining.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hardmine.core.training.Preset;
import io.hardmine.core.training.TrainingSettings;
import io.hardmine.core.training.TrainingSettings.ScheduleSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrainingBudgetTest {
    private static final Duration STEP = Duration.ofMillis(200);

    /** Four pictures in a step, a validation after every fifth epoch. */
    private static TrainingSettings settings(Preset preset) {
        return TrainingSettings.of(preset.network(), new TrainingSettings.Input(256, 256), ScheduleSettings.of(10));
    }

    private static long steps(Duration time, int validation) {
        return new TrainingBudget(time).steps(Preset.BALANCED, settings(Preset.BALANCED), STEP, 300, validation);
    }

    @Test
    void stepsFillTheTimeExceptForAReserve() {
        assertEquals(2_550, steps(Duration.ofMinutes(10), 0)); // 0.85 · 600 s / 0.2 s
    }

    @Test
    void validationsTakeTheirPart() {
        assertEquals(2_451, steps(Duration.ofMinutes(10), 180)); // 180 / 300 / 3 / 5 of a step more
    }

    @Test
    void moreStepsThanAreOfUseAreNotTaken() {
        assertEquals(10_000, steps(Duration.ofDays(3), 0)); // 40,000 pictures in fours
    }

    @Test
    void theLargestSizeThatSeesEnoughIsTaken() {
        assertEquals(Preset.FAST, size(Duration.ofMinutes(4))); // 1,020 steps of balanced, 1,250 needed
        assertEquals(Preset.BALANCED, size(Duration.ofMinutes(5)));
        assertEquals(Preset.BALANCED, size(Duration.ofMinutes(25)));
        assertEquals(Preset.ACCURATE, size(Duration.ofMinutes(26))); // 9 / 2.6 times the work, 1,875 steps needed
    }

    private static Preset size(Duration time) {
        return new TrainingBudget(time).size(Preset.BALANCED, settings(Preset.BALANCED), STEP, 300, 0);
    }

    @Test
    void aTimeTooShortForAnythingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new TrainingBudget(Duration.ofSeconds(9)));
    }
}
