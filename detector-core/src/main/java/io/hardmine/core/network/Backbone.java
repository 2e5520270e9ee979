package io.hardmine.core.network;

import io.hardmine.core.kernel.Planner;
import io.hardmine.core.kernel.Tensor;
import java.util.List;

/** The part of a detector that computes feature maps of three scales, C3 to C5, from pictures. */
public interface Backbone {
    /**
     * Channels of a level.
     *
     * @param level 3, 4 or 5
     */
    int channels(int level);

    /**
     * Hands the operations to a planner.
     *
     * @param image the picture batch
     * @return C3, C4 and C5, with strides 8, 16 and 32
     */
    List<Tensor> plan(Planner planner, Tensor image);
}
