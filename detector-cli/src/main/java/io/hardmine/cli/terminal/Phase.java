package io.hardmine.cli.terminal;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;

/**
 * A part of a command's work whose duration is unknown. In a log it is one line, before the work begins. At a terminal
 * the line counts the seconds and disappears when the work is done.
 */
public final class Phase implements AutoCloseable {
    private final ProgressBar line;

    private Phase(ProgressBar line) {
        this.line = line;
    }

    /**
     * Begins a phase and announces it.
     *
     * @param what name of the work, such as "reading parts"
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
     * Announces work, does it and returns its result.
     *
     * @param <T> type of the result
     * @param <E> type of the exception that the work throws
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
     * Announces work and does it.
     *
     * @param <E> type of the exception that the work throws
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
     * Work with a result.
     *
     * @param <T> type of the result
     * @param <E> type of the exception that the work throws
     */
    public interface Making<T, E extends Exception> {
        /** Does the work and returns its result. */
        T make() throws E;
    }

    /**
     * Work without a result.
     *
     * @param <E> type of the exception that the work throws
     */
    public interface Doing<E extends Exception> {
        /** Does the work. */
        void run() throws E;
    }

    @Override
    public void close() {
        if (line != null) {
            line.close();
        }
    }
}
