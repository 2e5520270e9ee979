package io.hardmine.datasets;

/**
 * A mistake in user input: a file, a folder or a setting. The message names the file, the line or field if known, the
 * fault and the remedy. It is shown to the user as it stands, without a stack trace.
 */
public class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for the user. */
    public DataException(String message) {
        super(message);
    }

    /** With a message for the user, and the cause for a log. */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
