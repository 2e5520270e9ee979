package io.hardmine.core.kernel.onednn;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Fusion;
import io.hardmine.core.kernel.Normalization;
import io.hardmine.core.kernel.Plan;
import io.hardmine.core.kernel.PlanBuilder;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import org.bytedeco.javacpp.PointerScope;

/** Records the operations. {@link #finish} plans them in the order in which they run, so that memory can be reused. */
final class OneDnnPlanner implements PlanBuilder {
    private final PlanContext build;
    private final Node image;
    private final List<Step> steps = new ArrayList<>();

    OneDnnPlanner(PlanContext build, Shape image) {
        this.build = build;
        this.image = new Node(image);
    }

    @Override
    public Tensor image() {
        return image;
    }

    private Tensor note(Step step) {
        step.inputs().forEach(in -> in.consumers++);
        steps.add(step);
        return step.output();
    }

    @Override
    public Tensor convolution(Tensor in, Convolution convolution, Fusion fusion) {
        build.expectUse(convolution.weight());
        return note(new ConvolutionStep((Node) in, convolution, fusion == Fusion.RELU, in != image));
    }

    @Override
    public Tensor normalize(Tensor in, Normalization normalization, Fusion fusion) {
        return note(new NormalizationStep((Node) in, normalization, fusion == Fusion.RELU));
    }

    @Override
    public Tensor add(Tensor a, Tensor b, Fusion fusion) {
        return note(new AdditionStep((Node) a, (Node) b, fusion == Fusion.RELU));
    }

    @Override
    public Tensor relu(Tensor in) {
        return note(new ReluStep((Node) in));
    }

    @Override
    public Tensor maxPool(Tensor in) {
        return note(new PoolingStep((Node) in));
    }

    @Override
    public Tensor upsample(Tensor in, int height, int width) {
        return note(new UpsamplingStep((Node) in, height, width));
    }

    /** Plans the steps. The hundreds of descriptions that oneDNN needs for it are freed at once, not by Java's collector. */
    @Override
    @SuppressWarnings({"try", "unchecked"}) // the scope works by being there, for pointers of every class
    public Plan finish(List<Tensor> outputs) {
        try (PointerScope descriptions = new PointerScope()) {
            return plan(outputs);
        } catch (RuntimeException | OutOfMemoryError e) {
            build.close();
            throw e;
        }
    }

    private Plan plan(List<Tensor> outputs) {
        List<Node> nodes = outputs.stream().map(Node.class::cast).toList();
        nodes.forEach(n -> n.consumers++);
        image.value = build.borrow(PlanContext.plain(image.shape()));
        for (Step step : steps) {
            step.planForward(build);
            step.inputs().forEach(OneDnnPlanner::consumed);
        }
        List<Buffer> results = new ArrayList<>();
        for (Node node : nodes) {
            Buffer result = build.borrow(PlanContext.plain(node.shape()));
            build.forward.add(build.copy(node.value.memory(), result.memory()));
            results.add(result);
            consumed(node);
        }
        if (build.training) {
            planBackward(nodes, results);
        }
        build.settle();
        return new OneDnnPlan(build, image, nodes, results);
    }

    private static void consumed(Node node) {
        if (--node.consumers == 0) {
            node.value.release();
        }
    }

    private void planBackward(List<Node> outputs, List<Buffer> results) {
        for (int i = 0; i < outputs.size(); i++) {
            Node node = outputs.get(i);
            Buffer gradient = build.borrow(build.activation(node.shape()));
            // the result has been read by then: its memory now holds the gradient
            build.backward.add(build.copy(results.get(i).memory(), gradient.memory()));
            node.gradients.add(gradient);
        }
        results.forEach(Buffer::release);
        ListIterator<Step> order = steps.listIterator(steps.size());
        while (order.hasPrevious()) {
            order.previous().planBackward(build);
        }
    }
}
