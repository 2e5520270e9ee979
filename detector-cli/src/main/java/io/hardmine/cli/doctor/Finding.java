package io.hardmine.cli.doctor;

/**
 * Result of one check.
 *
 * @param check name of the check
 * @param found what the check found
 * @param status verdict on it
 * @param advice what to change; empty if nothing
 */
public record Finding(String check, String found, Status status, String advice) {
    /** Verdict of a check. */
    public enum Status {
        /** Nothing needs to change. */
        GOOD,
        /** Works, but slower or with less memory than it could. */
        SLOW,
        /** Hardmine cannot compute on this machine. */
        BROKEN
    }

    static Finding good(String check, String found) {
        return new Finding(check, found, Status.GOOD, "");
    }

    static Finding slow(String check, String found, String advice) {
        return new Finding(check, found, Status.SLOW, advice);
    }

    static Finding broken(String check, String found, String advice) {
        return new Finding(check, found, Status.BROKEN, advice);
    }
}
