package io.hardmine.cli.terminal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** What a person at a terminal sees while something takes long. */
public final class Console {
    private Console() {}

    /** Whether a person is watching; elsewhere a bar would only fill a log. */
    public static boolean isInteractive() {
        return System.console() != null;
    }

    /** A bar over pictures, with the time that is left, on standard error. It shows nothing if no one is watching. */
    public static ProgressBar bar(String task, long pictures, boolean shown) {
        return bar(task, 0, pictures, 1, shown);
    }

    /**
     * The same over steps of several pictures.
     *
     * @param first steps that were done before
     */
    public static ProgressBar bar(String task, long first, long steps, int picturesPerStep, boolean shown) {
        ProgressBarBuilder bar = line(task)
                .setInitialMax(steps)
                .startsFrom(first, Duration.ZERO)
                .setRenderer(new ProgressLine(picturesPerStep));
        if (!shown || !isInteractive()) {
            bar.setConsumer(new NoBar());
        }
        return bar.build();
    }

    /** A line that is drawn anew twice a second, whether there was a step or not: its clock shows that the program lives. */
    static ProgressBarBuilder line(String task) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setUpdateIntervalMillis(500)
                .continuousUpdate();
    }

    /** Takes the bar away, so that a line can be printed in its place. */
    public static void clearLine() {
        System.err.print("\r\u001b[K");
        System.err.flush();
    }

    /** Formats numbers alike in every locale. */
    public static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** A path as a shell takes it. */
    public static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w./:\\\\-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** A time, as coarse as people tell it. */
    public static String duration(Duration time) {
        if (time.toMinutes() < 2) {
            return time.toSeconds() + " s";
        }
        return time.toHours() < 2
                ? time.toMinutes() + " min"
                : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }
}
