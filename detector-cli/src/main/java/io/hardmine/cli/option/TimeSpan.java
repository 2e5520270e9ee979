package io.hardmine.cli.option;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time such as {@code 90s}, {@code 30m} or {@code 1h30m}, at least ten seconds. */
public final class TimeSpan implements ITypeConverter<Duration> {
    /** What it reads, in words. */
    static final String EXPECTED = "a time of 10 seconds or more, such as 90s, 30m or 1h30m";

    private static final Duration LEAST = Duration.ofSeconds(10);

    @Override
    public Duration convert(String text) {
        if (text.matches("(?=.)(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,6}s)?")) {
            Duration time = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            if (time.compareTo(LEAST) >= 0) {
                return time;
            }
        }
        throw new TypeConversionException(
                "'" + text + "' is not a time of ten seconds or more; write 90s, 30m or 1h30m");
    }
}
