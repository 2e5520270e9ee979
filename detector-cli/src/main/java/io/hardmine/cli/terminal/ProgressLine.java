package io.hardmine.cli.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * Draws a progress bar in one line: percentage, elapsed and remaining time, speed, and the parts of the extra message.
 * Parts that do not fit into the terminal are left out, from the end.
 */
final class ProgressLine implements ProgressBarRenderer {
    /** Separates the parts of a progress bar's extra message. */
    static final String SEPARATOR = ", ";

    private static final int NARROWEST_BAR = 10;
    private static final int WIDEST_BAR = 30;

    private final int picturesPerStep;

    /** A bar of steps that take {@code picturesPerStep} pictures each. */
    ProgressLine(int picturesPerStep) {
        this.picturesPerStep = picturesPerStep;
    }

    @Override
    public String render(ProgressState state, int width) {
        long done = state.getCurrent() - state.getStart();
        double seconds = state.getElapsedAfterStart().toMillis() / 1000.0;
        return line(
                state.getTaskName(),
                state.getCurrent(),
                state.getMax(),
                done,
                seconds,
                state.getExtraMessage() == null ? "" : state.getExtraMessage(),
                width);
    }

    /**
     * The line.
     *
     * @param current number of steps that are done, of {@code max}
     * @param done number of these steps that were done in {@code seconds}; the others were done in an earlier run
     * @param more extra message: parts with {@link #SEPARATOR} between them, the most important first
     * @param width largest number of characters
     */
    String line(String task, long current, long max, long done, double seconds, String more, int width) {
        List<String> parts = new ArrayList<>();
        String time = clock(seconds) + " gone";
        if (done > 0) {
            parts.add(time + ", " + clock(seconds / done * (max - current)) + " left");
            parts.add(Console.text("%.1f pictures/s", done * picturesPerStep / Math.max(seconds, 1e-3)));
        } else {
            parts.add(time);
        }
        for (String part : more.split(SEPARATOR)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        String head = Console.text("%s %3.0f %% ", task, max <= 0 ? 100 : Math.floor(100.0 * current / max));
        int room = width - 1 - head.length() - NARROWEST_BAR - 1;
        StringBuilder tail = new StringBuilder();
        for (String part : parts) {
            String next = tail.isEmpty() ? part : SEPARATOR + part;
            if (tail.length() + next.length() > room) {
                break;
            }
            tail.append(next);
        }
        int bar = Math.min(WIDEST_BAR, NARROWEST_BAR + room - tail.length());
        String text = head + bar(current, max, bar) + " " + tail;
        return text.length() > width ? text.substring(0, Math.max(0, width)) : text;
    }

    private static String bar(long current, long max, int width) {
        int inside = Math.max(0, width - 2);
        int full = max <= 0 ? inside : (int) (inside * Math.min(current, max) / max);
        return "[" + "=".repeat(full) + " ".repeat(inside - full) + "]";
    }

    private static String clock(double seconds) {
        Duration time = Duration.ofSeconds(Math.round(seconds));
        return time.toHours() > 0
                ? "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
    }
}
