package io.hardmine.cli.terminal;

/** The program's exit codes. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;
    /** The command line is not understood. */
    public static final int USAGE = 2;
    /** Something that the user gave cannot be used. */
    public static final int DATA = 3;
    /** A bug in Hardmine: EX_SOFTWARE of sysexits.h. */
    public static final int INTERNAL = 70;

    /** Stopped by Ctrl-C: 128 plus the number of SIGINT. SIGTERM and SIGHUP give the same code. */
    public static final int STOPPED = 130;

    private ExitCode() {}
}
