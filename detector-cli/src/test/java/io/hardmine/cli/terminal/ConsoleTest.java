package io.hardmine.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    @Test
    void aLineIsDrawnAnewThoughNothingMoves() throws InterruptedException {
        CountDownLatch drawings = new CountDownLatch(4);
        ProgressBarConsumer terminal = new ProgressBarConsumer() {
            @Override
            public int getMaxRenderedLength() {
                return 80;
            }

            @Override
            public void accept(String rendered) {
                drawings.countDown();
            }

            @Override
            public void close() {}
        };
        try (ProgressBar line = Console.line("reading").setConsumer(terminal).build()) {
            assertTrue(drawings.await(1, TimeUnit.MINUTES), line.getTaskName() + " is drawn once and never again");
        }
    }
}
