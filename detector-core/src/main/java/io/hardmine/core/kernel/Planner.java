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
    Activation image();

    /** {@code convolution(in) [+ bias]}, then max(0, ·) if {@code relu}. */
    Activation convolution(Activation in, Convolution convolution, boolean relu);

    /** Batch normalisation with the batch's statistics, then max(0, ·) if {@code relu}. Training plans only. */
    Activation normalise(Activation in, Normalisation normalisation, boolean relu);

    /** {@code a + b} of the same shape, then max(0, ·) if {@code relu}. */
    Activation add(Activation a, Activation b, boolean relu);

    /** max(0, in). */
    Activation relu(Activation in);

    /** Maximum over 3 × 3 windows with stride 2 and padding 1. */
    Activation maxPool(Activation in);

    /**
     * Nearest-neighbour upsampling by 2, cut to the given size.
     *
     * @param height 2 · in.height or one less
     * @param width 2 · in.width or one less
     */
    Activation upsample(Activation in, int height, int width);

    /** The plan. The planner cannot be used any more. */
    Plan finish(List<Activation> outputs);
}
