package io.hardmine.cli.terminal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Output for a user at a terminal: progress bars, numbers, paths and durations. */
public final class Console {
    private Console() {}

    /** Whether the program runs at a terminal. Elsewhere a progress bar would only fill a log. */
    public static boolean isInteractive() {
        return System.console() != null;
    }

    /**
     * A progress bar over pictures, with the remaining time, on standard error. It shows nothing if {@code shown} is
     * false or the program does not run at a terminal.
     */
    public static ProgressBar bar(String task, long pictures, boolean shown) {
        return bar(task, 0, pictures, 1, shown);
    }

    /**
     * As {@link #bar(String, long, boolean)}, over steps of several pictures.
     *
     * @param first number of steps that were done earlier
     * @param steps number of all steps, with those done earlier
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

    /**
     * A line that is redrawn twice a second, even without a step, so that its clock shows that the program is running.
     */
    static ProgressBarBuilder line(String task) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setUpdateIntervalMillis(500)
                .continuousUpdate();
    }

    /** Erases the progress bar, so that a line can be printed in its place. */
    public static void clearLine() {
        System.err.print("\r\u001b[K");
        System.err.flush();
    }

    /** Formats numbers alike in every locale. */
    public static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** A path for a shell's command line, in quotes if it needs them. */
    public static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w./:\\\\-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** A duration in seconds below 2 minutes, in minutes below 2 hours, otherwise in hours and minutes. */
    public static String duration(Duration time) {
        if (time.toMinutes() < 2) {
            return time.toSeconds() + " s";
        }
        return time.toHours() < 2
                ? time.toMinutes() + " min"
                : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }
}
