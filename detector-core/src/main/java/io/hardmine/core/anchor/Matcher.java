package io.hardmine.core.anchor;

import java.util.List;

/**
 * Assigns a target to each anchor: an object, background, or ignored. Every matcher uses the same {@link
 * BackgroundRule}. Safe for use from several threads.
 */
public interface Matcher {
    /**
     * Targets of a batch.
     *
     * @param grid the anchors
     * @param groundTruths objects and regions of each picture of the batch, in pixels of the input
     */
    Targets match(AnchorGrid grid, List<GroundTruth> groundTruths);
}
