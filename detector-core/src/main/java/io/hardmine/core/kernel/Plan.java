package io.hardmine.core.kernel;

/**
 * A network planned for one size of input: write the image, run {@link #forward}, read the outputs; in training, write
 * the outputs' gradients and run {@link #backward}. For one thread at a time. Close it to free its memory.
 */
public interface Plan extends AutoCloseable {
    /** Size of the image batch. */
    Shape image();

    /** How many outputs there are. */
    int outputs();

    /** Size of an output. */
    Shape output(int index);

    /** Sets the image batch from plain NHWC numbers. It must be set before each {@link #forward}, which may overwrite it. */
    void writeImage(float[] nhwc);

    /** Computes the outputs with the kernels' present parameters. */
    void forward();

    /** Copies one picture of an output, plain HWC, to {@code to} from {@code offset} on. */
    void readOutput(int index, int picture, float[] to, int offset);

    /**
     * Sets the gradient of the loss by one picture of an output, from plain HWC numbers. It must be set for every
     * picture of every output before {@link #backward}.
     */
    void writeGradient(int index, int picture, float[] from, int offset);

    /**
     * Computes {@link Parameters#gradients()}. Needs a {@link #forward} before it.
     *
     * @throws IllegalStateException if the plan is not for training
     */
    void backward();

    @Override
    void close();
}
