package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AveragePrecisionTest {
    private static final double[] RECALLS = {0, 0.25, 0.5, 0.75, 1};

    private static AveragePrecision counted(int objects, boolean... hits) {
        AveragePrecision precision = new AveragePrecision(objects);
        for (boolean hit : hits) {
            precision.count(hit);
        }
        return precision;
    }

    @Test
    void takesTheBestPrecisionAtTheRecallOrBeyond() {
        // Hits at ranks 2, 3 and 5: precisions 1/2, 2/3, 3/5 at recalls 1/4, 2/4, 3/4; the first is lifted to 2/3.
        AveragePrecision precision = counted(4, false, true, true, false, true, false);
        assertEquals((2 / 3.0 + 2 / 3.0 + 2 / 3.0 + 3 / 5.0 + 0) / 5, precision.mean(RECALLS), 1e-15);
        assertEquals(0.25 * (2 / 3.0 + 2 / 3.0 + 3 / 5.0), precision.area(), 1e-15);
    }

    @Test
    void theLastHitLiftsAllBeforeIt() {
        assertEquals(2 / 3.0, counted(2, false, true, true).mean(RECALLS), 1e-15);
        assertEquals(2 / 3.0, counted(2, false, true, true).area(), 1e-15);
    }

    @Test
    void isOneIfAllIsFoundBeforeAnyMistakeAndZeroIfNothingIs() {
        assertEquals(1, counted(2, true, true, false).mean(RECALLS));
        assertEquals(1, counted(2, true, true, false).area());
        assertEquals(0, counted(2, false, false).mean(RECALLS));
        assertEquals(0, counted(2).area());
    }

    @Test
    void aDetectionThatCountsThriceIsThreeDetectionsAtOnceAndOneThatCountsNeverIsNone() {
        AveragePrecision precision = new AveragePrecision(4);
        precision.count(true, 0);
        precision.count(false, 2);
        precision.count(true, 3);
        // Recall jumps from 0 to 3/4 at precision 3/5.
        assertEquals((4 * 3 / 5.0) / 5, precision.mean(RECALLS), 1e-15);
        assertEquals(0.75 * 3 / 5.0, precision.area(), 1e-15);
    }

    @Test
    void keepsCountingBeyondItsFirstCapacity() {
        AveragePrecision precision = new AveragePrecision(40);
        for (int i = 0; i < 40; i++) {
            precision.count(false);
            precision.count(true);
        }
        assertEquals(0.5, precision.mean(RECALLS), 1e-15);
        assertEquals(0.5, precision.area(), 1e-15);
    }
}
