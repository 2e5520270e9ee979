package io.hardmine.core.kernel.onednn;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/** max(0, ·), fused behind another operation or on its own. */
final class Rectifier {
    private static final int FORWARD = dnnl.prop_kind.forward_training.value;
    private static final int BY_RESULT = dnnl.algorithm.eltwise_relu_use_dst_for_bwd.value;

    private Rectifier() {}

    /** Attributes of an operation, with max(0, ·) after it if {@code relu}. */
    static primitive_attr fused(boolean relu) {
        primitive_attr attributes = PlanContext.attributes();
        if (relu) {
            post_ops behind = new post_ops();
            behind.append_eltwise(1, dnnl.algorithm.eltwise_relu.value, 0, 0);
            attributes.set_post_ops(behind);
        }
        return attributes;
    }

    private static eltwise_forward.primitive_desc description(PlanContext build, memory.desc layout) {
        return new eltwise_forward.primitive_desc(
                new eltwise_forward.desc(FORWARD, BY_RESULT, layout, 0, 0), PlanContext.attributes(), build.engine());
    }

    static Runnable forward(PlanContext build, memory from, memory to) {
        eltwise_forward.primitive_desc description = description(build, from.get_desc());
        return build.execution(
                description, new eltwise_forward(description), dnnl.DNNL_ARG_SRC, from, dnnl.DNNL_ARG_DST, to);
    }

    /**
     * The gradient by the input of max(0, ·). Consumes {@code result} and {@code gradient}, the gradient by it. The sign of {@code
     * result} decides which elements pass.
     */
    static Buffer backward(PlanContext build, Buffer result, Buffer gradient) {
        memory.desc layout = result.memory().get_desc();
        Buffer before = gradient.isExclusive() ? gradient : build.borrow(layout);
        eltwise_backward.primitive_desc description = new eltwise_backward.primitive_desc(
                new eltwise_backward.desc(BY_RESULT, layout, layout, 0, 0),
                PlanContext.attributes(),
                build.engine(),
                description(build, layout));
        build.backward.add(build.execution(
                description,
                new eltwise_backward(description),
                dnnl.DNNL_ARG_DST,
                result.memory(),
                dnnl.DNNL_ARG_DIFF_DST,
                gradient.memory(),
                dnnl.DNNL_ARG_DIFF_SRC,
                before.memory()));
        if (before != gradient) {
            gradient.release();
        }
        result.release();
        return before;
    }
}
