package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingRangeTest {
    private record Group(
            @Setting("free") int free,
            @Setting(value = "share", range = "(0, 1)") double theShare,
            @Setting(value = "sizes", range = "[0.1, 4]") List<Double> sizes,
            @Setting(value = "count", range = "[1, ∞)") int count) {
        Group {
            SettingRange.check(Group.class, "group.", free, theShare, sizes, count);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[0, 10]  | 0 to 10           | 0    | 10.01",
                "[0, 10]  | 0 to 10           | 10   | -0.01",
                "(0, 1)   | between 0 and 1   | 0.5  | 0",
                "(0, 1)   | between 0 and 1   | 0.5  | 1",
                "[0, 1)   | 0 to under 1      | 0    | 1",
                "(0, 10]  | over 0 to 10      | 10   | 0",
                "[1, ∞)   | at least 1        | 1e9  | 0.5",
                "(0, ∞)   | over 0            | 1e-9 | 0",
                "[0, ∞)   | at least 0        | 0    | NaN",
            })
    void anIntervalHoldsItsEndsInSquareBracketsOnly(String interval, String words, double inside, double outside) {
        SettingRange range = SettingRange.parse(interval);
        assertEquals(words, range.words());
        assertTrue(range.contains(inside));
        assertFalse(range.contains(outside));
    }

    private static String refusal(int free, double share, List<Double> sizes, int count) {
        return assertThrows(IllegalArgumentException.class, () -> new Group(free, share, sizes, count))
                .getMessage();
    }

    @Test
    void valuesOutsideTheirRangeAreNamed() {
        new Group(-5, 0.5, List.of(0.1, 4.0), 1);
        assertEquals("group.the_share must lie between 0 and 1, not 1.0", refusal(0, 1, List.of(1.0), 1));
        assertEquals("group.sizes must be numbers in [0.1, 4], not [1.0, 5.0]", refusal(0, 0.5, List.of(1.0, 5.0), 1));
        assertEquals("group.sizes must be numbers in [0.1, 4], not []", refusal(0, 0.5, List.of(), 1));
        assertEquals("group.count must be at least 1, not 0", refusal(0, 0.5, List.of(1.0), 0));
    }

    @Test
    void whatIsNoIntervalIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SettingRange.parse("0 to 1"));
    }
}
