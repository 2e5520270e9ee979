package io.hardmine.cli.terminal;

/** What the command tells the shell. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;
    /** The command line is not understood. */
    public static final int USAGE = 2;
    /** Something that the user gave cannot be used. */
    public static final int DATA = 3;
    /** A mistake of ours: sysexits.h's EX_SOFTWARE. */
    public static final int INTERNAL = 70;

    /** Stopped by Ctrl-C: 128 and the signal's number. */
    public static final int STOPPED = 130;

    private ExitCode() {}
}
