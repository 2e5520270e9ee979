package io.hardmine.datasets;

/**
 * How to read a folder.
 *
 * @param format name of the format; null to detect it from the files in the folder
 * @param strict whether the first fault is an error; otherwise faulty parts are left out and counted
 */
public record LoadOptions(String format, boolean strict) {
    /** Detects the format, and leaves faulty parts out. */
    public static LoadOptions defaults() {
        return new LoadOptions(null, false);
    }
}
