package io.hardmine.mining.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundReportTest {
    @Test
    void aRoundIsOneReadableLine() {
        RoundReport round = new RoundReport(
                2,
                7,
                300,
                3541L,
                96L,
                96_000 / 3541.0,
                0.1,
                14,
                82,
                0,
                0,
                10,
                326,
                List.of(96L),
                false,
                new RoundReport.Validation(0.123, 0.81, null, 0.9),
                2);
        assertEquals(
                "mining round 2 (step 7): 96 false alarms with a score of 0.10 or more in 3,541 crops (2.7 per 100); 14 new, 82 known; set holds 326;"
                        + " validation AP 0.12, 0.8 false alarms per picture at recall 0.8",
                round.sentence());
    }

    @Test
    void theLastSearchSaysSo() {
        RoundReport round = new RoundReport(
                3,
                9,
                300,
                1000L,
                4L,
                4.0,
                0.1,
                1,
                3,
                0,
                0,
                0,
                327,
                List.of(4L),
                true,
                new RoundReport.Validation(0, null, null, 0.9),
                2);
        assertEquals(
                "mining round 3 (step 9): 4 false alarms with a score of 0.10 or more in 1,000 crops (0.4 per 100); 1 new, 3 known; set holds 327;"
                        + " validation AP 0.00, recall 0.8 not reached; mining ends here",
                round.sentence());
    }

    @Test
    void whatWasNotLookedAtHasNoNumber() {
        RoundReport beginning =
                new RoundReport(0, 0, 0, null, null, null, null, 64, null, 0, 0, 0, 64, null, false, null, 1);
        assertEquals("mining round 0 (step 0): begins with 64 random crops; set holds 64", beginning.sentence());
        RoundReport rest = new RoundReport(
                4,
                13,
                0,
                null,
                null,
                null,
                null,
                0,
                null,
                0,
                0,
                0,
                327,
                null,
                true,
                new RoundReport.Validation(0.2, 1.0, 2.0, 0.9),
                1);
        assertEquals(
                "mining round 4 (step 13): no search, since mining has ended; set holds 327; validation AP 0.20,"
                        + " 1.0 false alarms per picture at recall 0.8",
                rest.sentence());
    }
}
