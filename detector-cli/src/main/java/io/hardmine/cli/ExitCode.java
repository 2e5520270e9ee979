package io.hardmine.cli;

/** What the command tells the shell. */
final class ExitCode {
    /** Done. */
    static final int OK = 0;
    /** The command line is not understood. */
    static final int USAGE = 2;
    /** Something that the user gave cannot be used. */
    static final int DATA = 3;
    /** A mistake of ours: sysexits.h's EX_SOFTWARE. */
    static final int INTERNAL = 70;

    /** Stopped by Ctrl-C: 128 and the signal's number. */
    static final int STOPPED = 130;

    private ExitCode() {}
}
