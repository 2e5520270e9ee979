package io.hardmine.cli.terminal;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;

/**
 * A part of a command's work of which the end is not known. In a log it is one line, before it begins. At a terminal the
 * line counts the seconds and goes when the work is done.
 */
public final class Phase implements AutoCloseable {
    private final ProgressBar line;

    private Phase(ProgressBar line) {
        this.line = line;
    }

    /**
     * Announces it.
     *
     * @param what is done, such as "reading parts"
     */
    public static Phase begin(String what, PrintWriter err) {
        if (!Console.isInteractive()) {
            err.println(what + " …");
            err.flush();
            return new Phase(null);
        }
        err.flush();
        return new Phase(Console.line(what)
                .clearDisplayOnFinish()
                .setRenderer((state, width) -> {
                    String text = "%s … %d s"
                            .formatted(what, state.getElapsedAfterStart().toSeconds());
                    return text.length() > width ? text.substring(0, width) : text;
                })
                .build());
    }

    /**
     * Announces it, does it, and gives what it made.
     *
     * @param <T> of what it makes
     * @param <E> thrown by it
     */
    public static <T, E extends Exception> T of(String what, PrintWriter err, Making<T, E> work) throws E {
        Phase phase = begin(what, err);
        try {
            return work.make();
        } finally {
            phase.close();
        }
    }

    /**
     * Announces it and does it.
     *
     * @param <E> thrown by it
     */
    public static <E extends Exception> void during(String what, PrintWriter err, Doing<E> work) throws E {
        Phase phase = begin(what, err);
        try {
            work.run();
        } finally {
            phase.close();
        }
    }

    /**
     * Work that makes something.
     *
     * @param <T> what
     * @param <E> thrown by it
     */
    public interface Making<T, E extends Exception> {
        /** Makes it. */
        T make() throws E;
    }

    /**
     * Work that makes nothing.
     *
     * @param <E> thrown by it
     */
    public interface Doing<E extends Exception> {
        /** Does it. */
        void run() throws E;
    }

    @Override
    public void close() {
        if (line != null) {
            line.close();
        }
    }
}
