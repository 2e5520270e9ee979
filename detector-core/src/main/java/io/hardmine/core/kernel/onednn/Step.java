package io.hardmine.core.kernel.onednn;

import java.util.List;

/** One operation of a network: plans its forward pass, and its backward pass given the gradient of its result. */
interface Step {
    List<Node> inputs();

    Node output();

    /**
     * Adds to {@link PlanContext#forward}; borrows the output's value. The values of inputs and output are released when
     * all consumers have read them: a step that reads one in its backward pass shares it until then.
     */
    void planForward(PlanContext build);

    /** Adds to {@link PlanContext#backward}; consumes the output's gradient and adds to the gradients of the inputs. */
    void planBackward(PlanContext build);
}
