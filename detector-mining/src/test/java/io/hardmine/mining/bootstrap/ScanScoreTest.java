package io.hardmine.mining.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hardmine.core.evaluation.OperatingCurve;
import io.hardmine.core.evaluation.OperatingPoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScanScoreTest {
    private static final Scan BY_ALARMS = Scan.defaults().withScore(null);

    /** Ten pictures; each 0.01 below {@code highest}, ten more detections lie on nothing: one more in each picture. */
    private static Optional<OperatingCurve> firing(double highest, int points) {
        List<OperatingPoint> falling = IntStream.range(0, points)
                .mapToObj(i -> new OperatingPoint(highest - 0.01 * i, 10, 20, 15, 0, 3, 90, 10 * (i + 1)))
                .toList();
        return Optional.of(new OperatingCurve(10, 20, falling));
    }

    @Test
    void aScoreThatIsGivenIsTaken() {
        assertEquals(0.25, ScanScore.of(Scan.defaults().withScore(0.25), firing(0.2, 10)));
    }

    @Test
    void theScoreIsThatOfFourFalseAlarmsInAPicture() {
        assertEquals(0.17, ScanScore.of(BY_ALARMS, firing(0.2, 10)), 1e-12); // confusions do not count
    }

    @Test
    void aDetectorThatFiresEverywhereOrNowhereDoesNotMakeItExtreme() {
        assertEquals(0.3, ScanScore.of(BY_ALARMS, firing(0.9, 10)));
        assertEquals(0.02, ScanScore.of(BY_ALARMS, firing(0.2, 3))); // never four
        assertEquals(0.02, ScanScore.of(BY_ALARMS, firing(0.04, 4)));
    }

    @Test
    void withoutValidationItIsATenth() {
        assertEquals(0.1, ScanScore.of(BY_ALARMS, Optional.empty()));
    }
}
