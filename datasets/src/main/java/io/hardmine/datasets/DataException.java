package io.hardmine.datasets;

/**
 * A mistake in what a user gave: a file, a folder or a setting. The message names the file, the line or field where
 * known, what is wrong and what to do; it is shown to the user as it stands, without a stack trace.
 */
public class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for the user. */
    public DataException(String message) {
        super(message);
    }

    /** With a message for the user, and what caused it for a log. */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
