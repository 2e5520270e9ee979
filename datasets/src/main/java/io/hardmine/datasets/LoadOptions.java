package io.hardmine.datasets;

/**
 * How to read a folder.
 *
 * @param format name of the format; null to look at the folder
 * @param strict whether the first fault is an error instead of being left out and counted
 */
public record LoadOptions(String format, boolean strict) {
    /** Looks at the folder, and leaves faulty parts out. */
    public static LoadOptions defaults() {
        return new LoadOptions(null, false);
    }
}
