package io.hardmine.core.kernel;

import java.util.List;

/**
 * A planner that makes a {@link Plan} of the operations for one size of input. A plan for training includes their
 * backward passes. All memory outside of the heap is allocated while planning, none while a plan runs.
 */
public interface PlanBuilder extends Planner {
    /** Makes the plan, with these tensors as its outputs. The builder must not be used afterwards. */
    Plan finish(List<Tensor> outputs);
}
