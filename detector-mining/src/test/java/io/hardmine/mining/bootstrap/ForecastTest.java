package io.hardmine.mining.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hardmine.mining.bootstrap.Forecast.Expectation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static RoundReport searched(int round, double perThousand, RoundReport.Validation validation) {
        return new RoundReport(
                round, 7, 300, 1000L, 96L, perThousand, 0.1, 14, 82, 0, 0, 10, 326, List.of(96L), false, validation, 2);
    }

    private static RoundReport.Validation onBackground(Double share) {
        return new RoundReport.Validation(0.4, 1.0, 2.0, share);
    }

    @Test
    void itFollowsFromTheTrainingsThatWereMeasured() {
        assertEquals(
                Expectation.HELPS, new Forecast(0.551, 0.97, true).expectation()); // sample set, 2,400 steps: −35 %
        assertEquals(Expectation.HELPS, new Forecast(0.716, 0.97, true).expectation()); // sample set, 800 steps: −17 %
        assertEquals(
                Expectation.HELPS, new Forecast(0.935, 1.0, true).expectation()); // the same, default recipe: −63 %
        assertEquals(Expectation.OTHER_MISTAKES, new Forecast(0.1, 0.53, true).expectation()); // circuit boards: none
        assertEquals(Expectation.LITTLE_TO_FIND, new Forecast(0.009, 0.97, true).expectation());
        assertEquals(Expectation.HELPS, new Forecast(0.3, null, true).expectation());
        assertEquals(Expectation.UNKNOWN, new Forecast(0.3, 0.97, false).expectation());
    }

    @Test
    void itIsASentenceWithNumbersAfterTheFirstSearchOnly() {
        assertEquals(
                Optional.of(
                        "forecast: mining should help here (55.1 false alarms per 100 crops and 97 % of the false alarms on"
                                + " validation pictures lie on background)"),
                Forecast.of(searched(1, 551, onBackground(0.97))).map(Forecast::sentence));
        assertEquals(
                Optional.of(
                        "forecast: mining will change little here, the detector hardly fires on background (0.2 false"
                                + " alarms per 100 crops)"),
                Forecast.of(searched(1, 2, null)).map(Forecast::sentence));
        assertEquals(
                Optional.of(
                        "forecast: too early to tell, the detector does not find 80 % of the objects yet (14.0 false alarms per"
                                + " 100 crops and 98 % of the false alarms on validation pictures lie on background)"),
                Forecast.of(searched(1, 140, new RoundReport.Validation(0.01, null, null, 0.98)))
                        .map(Forecast::sentence));
        assertEquals(Optional.empty(), Forecast.of(searched(2, 551, onBackground(0.97))));
        assertEquals(
                Optional.empty(),
                Forecast.of(
                        new RoundReport(0, 0, 0, null, null, null, null, 64, null, 0, 0, 0, 64, null, false, null, 1)));
    }
}
