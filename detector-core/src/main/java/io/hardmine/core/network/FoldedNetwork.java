package io.hardmine.core.network;

import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.kernel.Precision;

/**
 * A network for inference: a copy with folded normalization, and the kernels over its parameters. Close its planned
 * networks first.
 */
public final class FoldedNetwork implements AutoCloseable {
    private final RetinaNet network;
    private final Kernels kernels;

    private FoldedNetwork(RetinaNet network, Kernels kernels) {
        this.network = network;
        this.kernels = kernels;
    }

    /**
     * A copy of the network on the best kernels of this machine, in single precision.
     *
     * @throws UnsupportedOperationException if no kernels can run; the message says why
     */
    public static FoldedNetwork of(RetinaNet network) {
        return of(network, KernelProvider.best(), Precision.F32);
    }

    /**
     * A copy of the network on the given kernels.
     *
     * @throws IllegalArgumentException if the kernels do not support the precision
     */
    public static FoldedNetwork of(RetinaNet network, KernelProvider provider, Precision precision) {
        RetinaNet folded = network.folded(provider.block());
        try {
            return new FoldedNetwork(folded, provider.open(folded.parameters(), precision));
        } catch (RuntimeException e) {
            folded.close();
            throw e;
        }
    }

    /** The network with its own plans, for one thread. */
    public PlannedNetwork planned() {
        return new PlannedNetwork(network, kernels, false);
    }

    /** Kernels and number format, for display. */
    public String implementation() {
        return kernels.implementation() + " " + kernels.precision();
    }

    @Override
    public void close() {
        kernels.close();
        network.close();
    }
}
