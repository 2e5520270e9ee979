package io.hardmine.core.kernel;

/**
 * An implementation of the planned operations over one set of {@link Parameters}, which it reads in place or copies to
 * layouts of its own. Several plans may share it. Their forward passes may run at once in different threads; training
 * and {@link #upload} must run alone. Close the plans first, then the kernels, then the parameters.
 */
public interface Kernels extends AutoCloseable {
    /** Name of the implementation to show to users, such as {@code nd4j} or {@code onednn}. */
    String implementation();

    /** Number format of the convolutions, such as {@code f32}. */
    String precision();

    /** Memory for the plans of one thread. */
    Workspace workspace();

    /**
     * Starts a plan for batches of the given size (3 channels), with a backward pass if {@code training}.
     *
     * @param workspace made by these kernels; only one of its plans may run at a time
     */
    PlanBuilder planner(Shape image, boolean training, Workspace workspace);

    /**
     * Takes over the present values of the parameters. Call it after they change; no plan may run between the change
     * and the end of this call.
     */
    void upload();

    @Override
    void close();
}
