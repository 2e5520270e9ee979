package io.hardmine.core.kernel;

/** Number format of activations and of the weights inside convolutions. Everything else is single precision. */
public enum Precision {
    /** Single precision. */
    F32,
    /** Brain floating point: the exponent of single precision with 8 bits of significand. */
    BF16
}
