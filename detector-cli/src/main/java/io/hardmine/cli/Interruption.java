package io.hardmine.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Gives work that is stopped by Ctrl-C, or by the system, the time to end well: the JVM waits until it is over. A JVM
 * that is ending waits for its shutdown hooks and for nothing else.
 */
final class Interruption {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    /** Calls {@code stop} when the JVM is asked to end. */
    Interruption(Runnable stop) {
        hook = new Thread(
                () -> {
                    stop.run();
                    try {
                        ended.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The work has ended, and all is said. */
    void over() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the JVM is ending, which is what the hook was for
        }
    }
}
