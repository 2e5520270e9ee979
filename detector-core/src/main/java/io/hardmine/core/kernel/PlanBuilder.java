package io.hardmine.core.kernel;

import java.util.List;

/**
 * A planner that makes a {@link Plan} of the operations, for one size of input: with their backward passes if the plan is
 * for training. All memory outside of the heap is allocated while planning, none by running a plan.
 */
public interface PlanBuilder extends Planner {
    /** The plan. The builder cannot be used any more. */
    Plan finish(List<Tensor> outputs);
}
