package io.hardmine.core.kernel;

/**
 * Size of an activation, in the order of NHWC.
 *
 * @param batch pictures
 * @param height rows
 * @param width columns
 * @param channels features per cell
 */
public record Shape(int batch, int height, int width, int channels) {
    /** Refuses sizes that are not positive. */
    public Shape {
        if (batch < 1 || height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "sizes must be positive: %d × %d × %d × %d".formatted(batch, height, width, channels));
        }
    }

    /** How many numbers one picture of it has; throws ArithmeticException if there are 2³¹ or more. */
    public int perPicture() {
        return Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }

    /** How many numbers it has; throws ArithmeticException if there are 2³¹ or more. */
    public int length() {
        return Math.multiplyExact(batch, perPicture());
    }

    /** Size of the result of a window of odd size with half-size padding that moves by {@code stride}. */
    public Shape strided(int stride, int outChannels) {
        return new Shape(batch, (height + stride - 1) / stride, (width + stride - 1) / stride, outChannels);
    }
}
