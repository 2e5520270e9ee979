package io.hardmine.core.kernel;

/**
 * Batch normalization over batch, rows and columns (Ioffe and Szegedy 2015, algorithm 1): {@code scale · (x − mean) /
 * √(variance + ε) + shift} with the batch's own mean and biased variance. Each training forward pass moves the running
 * statistics towards the batch's: {@code running += MOMENTUM · (batch − running)}, the variance unbiased.
 *
 * @param scale [channels]
 * @param shift [channels]
 * @param mean running mean, [channels]
 * @param variance running variance, [channels]
 */
public record Normalization(Parameter scale, Parameter shift, Parameter mean, Parameter variance) {
    /** ε of the paper. */
    public static final double EPSILON = 1e-5;

    /** Share of the present batch in the running statistics. */
    public static final double MOMENTUM = 0.1;
}
