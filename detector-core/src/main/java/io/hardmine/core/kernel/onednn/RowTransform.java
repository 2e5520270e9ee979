package io.hardmine.core.kernel.onednn;

import java.util.ServiceLoader;

/**
 * The transforms of F(4×4, 3×3) along a row of places (Lavin and Gray 2016, section 4.3). A row is [block, place, 8],
 * with a block of 8 channels after the other; each column of its tiles is [tile, block, 8].
 */
interface RowTransform {
    /** Channels of a block. */
    int BLOCK = 8;

    /** The fastest that runs in this JVM, for one thread at a time. */
    static RowTransform fastest() {
        // no provider may be loaded without the module that it is compiled against
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return new LoopRowTransform();
        }
        return ServiceLoader.load(RowTransform.class, RowTransform.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(RowTransform::runsOnVectors)
                .findFirst()
                .orElseGet(LoopRowTransform::new);
    }

    /** Whether the JVM compiles it to vector instructions for a block of channels. */
    boolean runsOnVectors();

    /**
     * Bᵀ of the paper: places 4t to 4t + 5 to the six columns of tile t. A block of {@code row} has
     * 4 · {@code tiles} + 2 places.
     */
    void input(float[] row, float[][] columns, int blocks, int tiles);

    /**
     * A of the paper: places 4t to 4t + 3 to the six columns of tile t. A block of {@code row} has 4 · {@code tiles}
     * places, as in {@link #output}.
     */
    void gradient(float[] row, float[][] columns, int blocks, int tiles);

    /** Aᵀ of the paper: the six columns of tile t to places 4t to 4t + 3. Overwrites {@code columns}. */
    void output(float[][] columns, float[] row, int blocks, int tiles);
}
