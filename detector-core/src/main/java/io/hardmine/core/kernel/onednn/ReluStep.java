package io.hardmine.core.kernel.onednn;

/** max(0, ·) of an activation that is also used without it. */
final class ReluStep extends UnaryStep {
    private Buffer result;

    ReluStep(Node in) {
        super(in, in.shape());
    }

    @Override
    public void planForward(PlanContext build) {
        out.value = build.borrow(build.activation(out.shape()));
        build.forward.add(Rectifier.forward(build, in.value.memory(), out.value.memory()));
        if (build.training) {
            result = out.value.share();
        }
    }

    @Override
    public void planBackward(PlanContext build) {
        in.gradients.add(Rectifier.backward(build, result, build.gradient(out)));
    }
}
