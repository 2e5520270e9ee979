package io.hardmine.core.kernel.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * OpenMP's threads, which share the parts of an operation in Java. They are those that run oneDNN's primitives: threads
 * of our own would compete for the processors with them, because OpenMP's threads poll for work before they sleep.
 * Several plans may use the team, one operation at a time.
 */
final class Team {
    /** How often a thread polls for the end of a phase before it lets other threads run. */
    private static final int LOOKS = 500;

    private final OpenMp openMp;
    private final OpenMp.Region region;
    private final List<Member> members = new ArrayList<>();
    private volatile Operation current;

    /** Working arrays of one thread. No other thread uses them at the same time. */
    static final class Member {
        final TileTransform tiles = new TileTransform(RowTransform.fastest());
        final WeightTransform weights = new WeightTransform();
    }

    /** One part of an operation; {@code thread} is the number of the thread that runs it, from 0. */
    interface Part {
        void run(int thread, Member member, int part);
    }

    /** Parts that may be done in any order and at once. */
    record Phase(int parts, Part part) {}

    Team(OpenMp openMp) {
        this.openMp = openMp;
        region = openMp.region(thread -> current.help(thread, members.get(thread)));
        int size = openMp.threads();
        for (int i = 0; i < size; i++) {
            members.add(new Member());
        }
    }

    /** How many threads there are, with the caller. */
    int size() {
        return members.size();
    }

    /**
     * Runs all parts and returns when they are done. Any thread may run any part. Throws IllegalStateException if a
     * part fails.
     */
    void run(int parts, Part part) {
        run(new Phase(parts, part));
    }

    /**
     * Runs the phases one after the other: none begins before all parts of the one before are done. Throws
     * IllegalStateException if a part fails.
     */
    synchronized void run(Phase... phases) {
        Operation operation = new Operation(phases);
        int most = Arrays.stream(phases).mapToInt(Phase::parts).max().orElse(0);
        int threads = Math.min(size(), most);
        if (threads > 1) {
            current = operation;
            openMp.run(region, threads);
            current = null;
        } else {
            operation.help(0, members.get(0));
        }
        Throwable failure = operation.failure.get();
        if (failure != null) {
            throw new IllegalStateException("a part of an operation failed", failure);
        }
    }

    /**
     * Makes a primitive for use in a part. A primitive keeps the OpenMP thread count of the thread that made it: if
     * that is more than one, each thread of the team would start OpenMP threads of its own.
     */
    <T> T make(Supplier<T> primitive) {
        return openMp.withOneThread(primitive);
    }

    /** The progress of an operation. */
    private static final class Operation {
        final Phase[] phases;
        final AtomicInteger[] begun;
        final AtomicInteger[] done;
        final AtomicReference<Throwable> failure = new AtomicReference<>();

        Operation(Phase... phases) {
            this.phases = phases;
            begun = new AtomicInteger[phases.length];
            done = new AtomicInteger[phases.length];
            for (int i = 0; i < phases.length; i++) {
                begun[i] = new AtomicInteger();
                done[i] = new AtomicInteger();
            }
        }

        /** Runs parts while any are left, and returns when all parts are done, including those of other threads. */
        void help(int thread, Member member) {
            for (int i = 0; i < phases.length; i++) {
                int parts = phases[i].parts();
                // an operation has at most one buffer per part, so threads beyond the parts must not run any
                while (thread < parts) {
                    int part = begun[i].getAndIncrement();
                    if (part >= parts) {
                        break;
                    }
                    try {
                        phases[i].part().run(thread, member, part);
                    } catch (RuntimeException | Error e) {
                        failure.compareAndSet(null, e);
                    } finally {
                        done[i].incrementAndGet();
                    }
                }
                for (int looks = 0; done[i].get() < parts; looks++) {
                    if (looks < LOOKS) {
                        Thread.onSpinWait();
                    } else {
                        Thread.yield(); // the thread with the last part may be waiting for this core
                    }
                }
            }
        }
    }
}
