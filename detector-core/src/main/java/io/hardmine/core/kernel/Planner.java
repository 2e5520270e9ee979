package io.hardmine.core.kernel;

import java.util.List;

/**
 * Plans a network for one size of input. Each method plans one operation, and its backward pass where the plan is for
 * training, and returns the handle of its result; {@link #finish} makes the plan. All memory outside of the heap is
 * allocated while planning, none by running a plan. An activation may have several consumers and a parameter several
 * uses: their gradients add up.
 */
public interface Planner {
    /** The picture batch, plain NHWC, 3 channels. It gets no gradient. */
    Tensor image();

    /** {@code convolution(in) [+ bias]}, then max(0, ·) if {@code relu}. */
    Tensor convolution(Tensor in, Convolution convolution, boolean relu);

    /** Batch normalization with the batch's statistics, then max(0, ·) if {@code relu}. Training plans only. */
    Tensor normalize(Tensor in, Normalization normalization, boolean relu);

    /** {@code a + b} of the same shape, then max(0, ·) if {@code relu}. */
    Tensor add(Tensor a, Tensor b, boolean relu);

    /** max(0, in). */
    Tensor relu(Tensor in);

    /** Maximum over 3 × 3 windows with stride 2 and padding 1. */
    Tensor maxPool(Tensor in);

    /**
     * Nearest-neighbor upsampling by 2, cut to the given size.
     *
     * @param height 2 · in.height or one less
     * @param width 2 · in.width or one less
     */
    Tensor upsample(Tensor in, int height, int width);

    /** The plan. The planner cannot be used any more. */
    Plan finish(List<Tensor> outputs);
}
