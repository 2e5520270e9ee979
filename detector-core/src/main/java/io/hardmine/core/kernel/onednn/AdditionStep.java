package io.hardmine.core.kernel.onednn;

import java.util.List;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** The sum of two activations, with max(0, ·) fused. Both inputs get the same gradient, in the same memory. */
final class AdditionStep implements Step {
    private final Node a;
    private final Node b;
    private final Node out;
    private final boolean relu;
    private Buffer rectified;

    AdditionStep(Node a, Node b, boolean relu) {
        if (!a.shape().equals(b.shape())) {
            throw new IllegalArgumentException("cannot add " + a.shape() + " and " + b.shape());
        }
        this.a = a;
        this.b = b;
        this.relu = relu;
        out = new Node(a.shape());
    }

    @Override
    public List<Node> inputs() {
        return List.of(a, b);
    }

    @Override
    public Node output() {
        return out;
    }

    @Override
    public void planForward(PlanContext build) {
        memory.desc layout = build.activation(out.shape());
        out.value = build.borrow(layout);
        binary.primitive_desc description = new binary.primitive_desc(
                new binary.desc(dnnl.algorithm.binary_add.value, layout, layout, layout),
                Rectifier.fused(relu),
                build.engine());
        build.forward.add(build.execution(
                description,
                new binary(description),
                dnnl.DNNL_ARG_SRC_0,
                a.value.memory(),
                dnnl.DNNL_ARG_SRC_1,
                b.value.memory(),
                dnnl.DNNL_ARG_DST,
                out.value.memory()));
        if (relu && build.training) {
            rectified = out.value.share();
        }
    }

    @Override
    public void planBackward(PlanContext build) {
        Buffer gradient = build.gradient(out);
        if (relu) {
            gradient = Rectifier.backward(build, rectified, gradient);
        }
        a.gradients.add(gradient);
        b.gradients.add(gradient.share());
    }
}
