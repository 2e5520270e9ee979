package io.hardmine.core.network;

import io.hardmine.core.kernel.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * What modules register themselves with while a network is made.
 *
 * @param parameters collects the parameters
 * @param folded whether normalization lies in the convolutions
 * @param normalized collects the convolutions with a normalization of their own
 */
record Registry(Parameters.Builder parameters, boolean folded, List<NormalizedConvolution> normalized) {
    Registry(boolean folded) {
        this(new Parameters.Builder(), folded, new ArrayList<>());
    }
}
