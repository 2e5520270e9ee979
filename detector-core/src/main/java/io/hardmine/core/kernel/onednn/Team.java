package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.openmp.OpenMp;
import java.util.ArrayList;
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
    private final OpenMp openMp;
    private final OpenMp.Region region;
    private final List<Member> members = new ArrayList<>();
    private volatile Progress current;

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
     * IllegalStateException if a part fails; no phase begins after it.
     */
    synchronized void run(Phase... phases) {
        for (Phase phase : phases) {
            Progress progress = new Progress(phase);
            int threads = Math.min(size(), phase.parts());
            if (threads > 1) {
                current = progress;
                openMp.run(region, threads);
                current = null;
            } else {
                progress.help(0, members.get(0));
            }
            Throwable failure = progress.failure.get();
            if (failure != null) {
                throw new IllegalStateException("a part of an operation failed", failure);
            }
        }
    }

    /**
     * Makes a primitive for use in a part. A primitive keeps the OpenMP thread count of the thread that made it: if
     * that is more than one, each thread of the team would start OpenMP threads of its own.
     */
    <T> T make(Supplier<T> primitive) {
        return openMp.withOneThread(primitive);
    }

    /** The progress of a phase. */
    private static final class Progress {
        final Phase phase;
        final AtomicInteger begun = new AtomicInteger();
        final AtomicReference<Throwable> failure = new AtomicReference<>();

        Progress(Phase phase) {
            this.phase = phase;
        }

        /** Runs parts while any are left. */
        void help(int thread, Member member) {
            for (int part = begun.getAndIncrement(); part < phase.parts(); part = begun.getAndIncrement()) {
                try {
                    phase.part().run(thread, member, part);
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
            }
        }
    }
}
