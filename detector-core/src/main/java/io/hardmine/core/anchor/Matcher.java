package io.hardmine.core.anchor;

import java.util.List;

/**
 * Decides what each anchor should say: which object it stands for, whether it is background, or whether it takes no part.
 * Which anchors may be background is the same for every matcher: {@link BackgroundRule}. Safe from many threads.
 */
public interface Matcher {
    /**
     * Targets of a batch.
     *
     * @param grid the anchors
     * @param groundTruths what each picture of the batch shows, in input pixels
     */
    Targets match(AnchorGrid grid, List<GroundTruth> groundTruths);
}
