package io.hardmine.core.network;

import io.hardmine.core.kernel.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the parameters and the normalized convolutions of a network while its modules are made.
 *
 * @param parameters of all modules
 * @param folded whether normalization is folded into the convolutions
 * @param normalized convolutions that are followed by a normalization; empty if folded
 */
record Registry(Parameters.Builder parameters, boolean folded, List<NormalizedConvolution> normalized) {
    Registry(boolean folded) {
        this(new Parameters.Builder(), folded, new ArrayList<>());
    }
}
