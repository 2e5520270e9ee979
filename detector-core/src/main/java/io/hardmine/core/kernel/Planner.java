package io.hardmine.core.kernel;

/**
 * Takes a network's operations, one after the other. Each method takes one operation and returns the handle of its
 * result. A tensor may have several consumers and a parameter several uses: their gradients add up.
 */
public interface Planner {
    /** The picture batch, plain NHWC, 3 channels. It gets no gradient. */
    Tensor image();

    /** {@code convolution(in) [+ bias]}, then the fusion. */
    Tensor convolution(Tensor in, Convolution convolution, Fusion fusion);

    /**
     * Batch normalization with the batch's statistics, then the fusion. For training only: a planner for inference
     * throws IllegalStateException, here or in {@link PlanBuilder#finish}.
     */
    Tensor normalize(Tensor in, Normalization normalization, Fusion fusion);

    /** {@code a + b}, then the fusion. Throws IllegalArgumentException if the shapes differ. */
    Tensor add(Tensor a, Tensor b, Fusion fusion);

    /** max(0, in). */
    Tensor relu(Tensor in);

    /** Maximum over 3 × 3 windows with stride 2 and padding 1. */
    Tensor maxPool(Tensor in);

    /**
     * Nearest-neighbor upsampling by 2, cut to the given size.
     *
     * @param height 2 · in.height or one less
     * @param width 2 · in.width or one less
     * @throws IllegalArgumentException if a side is neither
     */
    Tensor upsample(Tensor in, int height, int width);
}
