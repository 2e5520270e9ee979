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

    /** Size of the result of upsampling by 2. */
    public Shape doubled() {
        return new Shape(batch, 2 * height, 2 * width, channels);
    }

    /**
     * Size of the result of upsampling by 2 that is cut to {@code cutHeight × cutWidth}.
     *
     * @throws IllegalArgumentException if a side is neither twice this one's nor one less
     */
    public Shape upsampled(int cutHeight, int cutWidth) {
        Shape whole = doubled();
        int rows = whole.height - cutHeight;
        int columns = whole.width - cutWidth;
        if (rows < 0 || rows > 1 || columns < 0 || columns > 1) {
            throw new IllegalArgumentException("cannot upsample %s to %d × %d".formatted(this, cutHeight, cutWidth));
        }
        return new Shape(batch, cutHeight, cutWidth, channels);
    }
}
