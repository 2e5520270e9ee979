package io.hardmine.core.kernel;

/**
 * An implementation of the planned operations over one set of {@link Parameters}, which it reads in place or by way of
 * copies in layouts of its own. Several plans may share it: their forward passes may run at once in different threads,
 * training and {@link #upload} may not. Close the plans first, then the kernels, then the parameters.
 */
public interface Kernels extends AutoCloseable {
    /** What runs, for people: such as {@code nd4j} or {@code onednn}. */
    String implementation();

    /** Number format of the convolutions, such as {@code f32}. */
    String precision();

    /** Memory for the plans of one thread. */
    Workspace workspace();

    /**
     * Starts a plan for batches of the given size (3 channels), with a backward pass if {@code training}.
     *
     * @param workspace made by these kernels; of its plans only one may run at a time
     */
    PlanBuilder planner(Shape image, boolean training, Workspace workspace);

    /** Takes over the parameters' values after they changed; between the two no plan may run. */
    void upload();

    @Override
    void close();
}
