package io.hardmine.core.training;

/** Milliseconds from lap to lap. */
final class Stopwatch {
    private long last = System.nanoTime();

    double lap() {
        long now = System.nanoTime();
        double elapsed = (now - last) / 1e6;
        last = now;
        return elapsed;
    }
}
