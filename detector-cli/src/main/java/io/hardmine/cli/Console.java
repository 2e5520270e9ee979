package io.hardmine.cli;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** What a person at a terminal sees while something takes long. */
final class Console {
    private Console() {}

    /** Whether a person is watching; elsewhere a bar would only fill a log. */
    static boolean isInteractive() {
        return System.console() != null;
    }

    /** A bar with the time that is left, on standard error; shows nothing where no one is watching. */
    static ProgressBar bar(String task, long steps, boolean shown) {
        ProgressBarBuilder bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500);
        if (!shown || !isInteractive()) {
            bar.setConsumer(new NoBar());
        }
        return bar.build();
    }

    /** Takes the bar away, so that a line can be printed in its place. */
    static void clearLine() {
        System.err.print("\r\u001b[K");
        System.err.flush();
    }

    /** Formats numbers alike in every locale. */
    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** A time, as coarse as people tell it. */
    static String duration(Duration time) {
        if (time.toMinutes() < 2) {
            return time.toSeconds() + " s";
        }
        return time.toHours() < 2
                ? time.toMinutes() + " min"
                : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }
}
