package io.hardmine.core.training;

import io.hardmine.datasets.DataException;

/** A loss or a gradient of the training is not finite. The message names the batch's pictures. */
public final class NotFiniteException extends DataException {
    private static final long serialVersionUID = 1L;

    NotFiniteException(String message) {
        super(message);
    }
}
