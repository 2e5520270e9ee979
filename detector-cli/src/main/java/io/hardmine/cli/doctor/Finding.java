package io.hardmine.cli.doctor;

/**
 * Result of one check.
 *
 * @param check name of the check
 * @param found what is in use
 * @param status whether that is as it should be
 * @param advice what to change; empty if nothing
 */
public record Finding(String check, String found, Status status, String advice) {
    /** How well it is. */
    public enum Status {
        /** As it should be. */
        GOOD,
        /** Works, but slower or with less memory than it could. */
        SLOW,
        /** Nothing can be computed. */
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
