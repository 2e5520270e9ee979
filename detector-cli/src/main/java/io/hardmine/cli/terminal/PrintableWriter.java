package io.hardmine.cli.terminal;

import java.io.FilterWriter;
import java.io.PrintWriter;

/**
 * Replaces control characters by visible ones, except line ends and tabs. Names of classes, files and data sets come
 * from strangers; their control characters could move a terminal's cursor, change its title or reverse the direction of
 * the text.
 */
public final class PrintableWriter extends FilterWriter {
    private static final int CONTROL_PICTURES = 0x2400;
    private static final int DELETE = 0x7f;
    private static final int DELETE_PICTURE = 0x2421;
    private static final int REPLACEMENT = 0xfffd;

    private final PrintWriter target;

    private PrintableWriter(PrintWriter target) {
        super(target);
        this.target = target;
    }

    /** A writer to {@code target} that replaces control characters and flushes after each line. */
    public static PrintWriter over(PrintWriter target) {
        return new PrintWriter(new PrintableWriter(target), true);
    }

    @Override
    public void write(int character) {
        target.write(shown(character));
    }

    @Override
    public void write(char[] text, int from, int length) {
        write(new String(text, from, length), 0, length);
    }

    @Override
    public void write(String text, int from, int length) {
        String part = text.substring(from, from + length);
        if (part.equals(System.lineSeparator())) {
            target.write(part);
        } else {
            StringBuilder shown = new StringBuilder(length);
            part.chars().forEach(c -> shown.append((char) shown(c)));
            target.write(shown.toString());
        }
    }

    private static int shown(int c) {
        if (c == '\n' || c == '\t') {
            return c;
        }
        if (c < ' ') {
            return CONTROL_PICTURES + c;
        }
        if (c == DELETE) {
            return DELETE_PICTURE;
        }
        return Character.isISOControl(c) || isSeparator(c) || isDirection(c) ? REPLACEMENT : c;
    }

    /** Line and paragraph separators, which some terminals take for the end of a line. */
    private static boolean isSeparator(int c) {
        return c == 0x2028 || c == 0x2029;
    }

    /** Marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm. */
    private static boolean isDirection(int c) {
        return c == 0x61c || c == 0x200e || c == 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }
}
