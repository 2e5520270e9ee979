package io.hardmine.core.kernel.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Java threads that share the parts of an operation, as many as OpenMP has. oneDNN's primitives run on one thread inside of
 * them. Several plans may use the team at once.
 */
final class Team implements AutoCloseable {
    private final ExecutorService threads;
    private final List<Member> members = new ArrayList<>();

    /** What one of the operation's threads works with; nobody else does at the same time. */
    static final class Member {
        final TileTransform tiles = new TileTransform();
        final WeightTransform weights = new WeightTransform();
    }

    /** One part of an operation, done by the thread of that number. */
    interface Part {
        void run(int thread, Member member, int part);
    }

    Team(OpenMp openMp) {
        int size = openMp.threads();
        threads = Executors.newFixedThreadPool(size, task -> {
            Thread thread = new Thread(
                    () -> {
                        openMp.takeOneThread();
                        task.run();
                    },
                    "hardmine-kernels");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < size; i++) {
            members.add(new Member());
        }
    }

    /** How many threads there are. */
    int size() {
        return members.size();
    }

    /** Does all parts, and returns when they are done. Which thread does which part is left to chance. */
    void run(int parts, Part part) {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < Math.min(parts, members.size()); i++) {
            int thread = i;
            Callable<Void> share = () -> {
                Member member = members.get(thread);
                synchronized (member) {
                    for (int p = next.getAndIncrement(); p < parts; p = next.getAndIncrement()) {
                        part.run(thread, member, p);
                    }
                }
                return null;
            };
            running.add(threads.submit(share));
        }
        Throwable failure = null;
        boolean interrupted = false;
        for (int i = 0; i < running.size(); i++) {
            try {
                running.get(i).get();
            } catch (InterruptedException e) {
                interrupted = true;
                i--; // to the end in any case: the threads read and write the plan's memory
            } catch (ExecutionException e) {
                failure = e.getCause();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new IllegalStateException("a part of an operation failed", failure);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
