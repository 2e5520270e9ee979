package io.hardmine.core.kernel.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** Maximum over 3 × 3 windows with stride 2 and padding 1. */
final class PoolingStep extends UnaryStep {
    private static final int MAX = dnnl.algorithm.pooling_max.value;

    private final long[] window = {3, 3};
    private final long[] strides = {2, 2};
    private final long[] before = {1, 1};
    private final long[] after;
    private pooling_forward.primitive_desc description;
    private Buffer places;

    PoolingStep(Node in) {
        super(in, in.shape().strided(2, in.shape().channels()));
        after = new long[] {in.shape().height() % 2, in.shape().width() % 2};
    }

    @Override
    public void planForward(PlanContext build) {
        memory.desc from = build.activation(in.shape());
        memory.desc to = build.activation(out.shape());
        int kind = build.training ? dnnl.prop_kind.forward_training.value : dnnl.prop_kind.forward_inference.value;
        description = build.keep(new pooling_forward.primitive_desc(
                new pooling_forward.desc(kind, MAX, from, to, strides, window, before, after),
                PlanContext.attributes(),
                build.engine()));
        out.value = build.borrow(to);
        List<Object> arguments =
                new ArrayList<>(List.of(dnnl.DNNL_ARG_SRC, in.value.memory(), dnnl.DNNL_ARG_DST, out.value.memory()));
        if (build.training) {
            places = build.borrow(description.workspace_desc());
            arguments.add(dnnl.DNNL_ARG_WORKSPACE);
            arguments.add(places.memory());
        }
        build.forward.add(build.execution(description, new pooling_forward(description), arguments.toArray()));
    }

    @Override
    public void planBackward(PlanContext build) {
        memory.desc from = build.activation(in.shape());
        Buffer gradient = build.gradient(out);
        Buffer byInput = build.borrow(from);
        pooling_backward.primitive_desc operation = new pooling_backward.primitive_desc(
                new pooling_backward.desc(MAX, from, build.activation(out.shape()), strides, window, before, after),
                PlanContext.attributes(),
                build.engine(),
                description);
        build.backward.add(build.execution(
                operation,
                new pooling_backward(operation),
                dnnl.DNNL_ARG_DIFF_DST,
                gradient.memory(),
                dnnl.DNNL_ARG_DIFF_SRC,
                byInput.memory(),
                dnnl.DNNL_ARG_WORKSPACE,
                places.memory()));
        gradient.release();
        places.release();
        in.gradients.add(byInput);
    }
}
