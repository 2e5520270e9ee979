package io.hardmine.core.network;

import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.kernel.Precision;

/** A network ready for inference: a copy with its normalization folded, and the kernels over it. Close what plans it first. */
public final class FoldedNetwork implements AutoCloseable {
    private final RetinaNet network;
    private final Kernels kernels;

    private FoldedNetwork(RetinaNet network, Kernels kernels) {
        this.network = network;
        this.kernels = kernels;
    }

    /**
     * A copy of the network on the best kernels there are, in single precision.
     *
     * @throws UnsupportedOperationException where none can run; the message says why
     */
    public static FoldedNetwork of(RetinaNet network) {
        return of(network, KernelProvider.best(), Precision.F32);
    }

    /** A copy of the network on the given kernels. */
    public static FoldedNetwork of(RetinaNet network, KernelProvider provider, Precision precision) {
        RetinaNet folded = network.folded(provider.block());
        try {
            return new FoldedNetwork(folded, provider.open(folded.parameters(), precision));
        } catch (RuntimeException e) {
            folded.close();
            throw e;
        }
    }

    /** Plans of its own for one thread. */
    public PlannedNetwork planned() {
        return new PlannedNetwork(network, kernels, false);
    }

    /** What runs it, for people: kernels and number format. */
    public String implementation() {
        return kernels.implementation() + " " + kernels.precision();
    }

    @Override
    public void close() {
        kernels.close();
        network.close();
    }
}
