package io.hardmine.cli.option;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time such as {@code 90s}, {@code 30m} or {@code 1h30m}. */
public final class TimeSpan implements ITypeConverter<Duration> {
    /** Description of the format, for messages. */
    static final String EXPECTED = "a time, such as 90s, 30m or 1h30m";

    @Override
    public Duration convert(String text) {
        if (text.matches("(?=.)(\\d{1,6}h)?(\\d{1,6}m)?(\\d{1,6}s)?")) {
            return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
        }
        throw new TypeConversionException("'" + text + "' is not a time; write 90s, 30m or 1h30m");
    }
}
