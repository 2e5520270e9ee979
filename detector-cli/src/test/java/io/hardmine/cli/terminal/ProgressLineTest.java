package io.hardmine.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final String MORE = "epoch 3 of 12, loss 0.67 + 0.39 (class + box), AP 0.312, best 0.341";

    /** 40 of 100 steps of 4 pictures, 20 of them in this run's 104 seconds. */
    private static String line(int width) {
        return new ProgressLine(4).line("training", 40, 100, 20, 104, MORE, width);
    }

    @Test
    void timeGoneAndLeftAreSaid() {
        assertEquals(
                "training  40 % [===========                 ] 1:44 gone, 5:12 left, 0.8 pictures/s, " + MORE,
                line(200));
    }

    @Test
    void whatDoesNotFitIsLeftOutFromTheEnd() {
        assertEquals("training  40 % [====      ] 1:44 gone, 5:12 left, 0.8 pictures/s, epoch 3 of 12", line(80));
        assertEquals("training  40 % [======          ] 1:44 gone, 5:12 left", line(55));
        for (int width = 1; width < 200; width++) {
            assertTrue(line(width).length() <= width, "at " + width + ": " + line(width));
        }
    }

    @Test
    void beforeTheFirstStepNothingIsGuessed() {
        assertEquals(
                "mining   0 % [                   ] 0:03 gone", new ProgressLine(1).line("mining", 0, 9, 0, 3, "", 45));
    }
}
