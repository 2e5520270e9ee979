package io.hardmine.core.kernel.onednn;

import java.util.List;

/** max(0, ·) of an activation that is also used without it. */
final class ReluStep implements Step {
    private final Node in;
    private final Node out;

    ReluStep(Node in) {
        this.in = in;
        out = new Node(in.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(in);
    }

    @Override
    public Node output() {
        return out;
    }

    @Override
    public void planForward(PlanContext build) {
        out.value = build.borrow(build.activation(out.shape()));
        build.forward.add(Rectifier.forward(build, in.value.memory(), out.value.memory()));
    }

    @Override
    public void planBackward(PlanContext build) {
        in.gradients.add(Rectifier.backward(build, out.value, build.gradient(out)));
    }
}
