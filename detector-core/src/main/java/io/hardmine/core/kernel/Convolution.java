package io.hardmine.core.kernel;

/**
 * A two-dimensional convolution with a square odd window and half-size zero padding.
 *
 * @param weight [kernel, kernel, channels in, channels out]
 * @param bias [channels out], or null
 * @param stride step of the window in both directions
 */
public record Convolution(Parameter weight, Parameter bias, int stride) {
    /** Side of the window. */
    public int kernel() {
        return weight.size(0);
    }

    /** Channels out. */
    public int filters() {
        return weight.size(3);
    }
}
