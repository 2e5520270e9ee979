package io.hardmine.core.training;

import io.hardmine.datasets.DataException;

/** Training ran into numbers that are not finite; the message names the batch's pictures. */
public final class NotFiniteException extends DataException {
    private static final long serialVersionUID = 1L;

    NotFiniteException(String message) {
        super(message);
    }
}
