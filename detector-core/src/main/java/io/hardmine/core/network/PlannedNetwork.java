package io.hardmine.core.network;

import io.hardmine.core.kernel.Kernels;
import io.hardmine.core.kernel.Plan;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Workspace;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs a network. Makes a plan for each input size and keeps the last four plans. For one thread at a time. Several
 * planned networks may share the kernels for inference. The next call with the same size reuses the arrays of the
 * outputs.
 */
public final class PlannedNetwork implements AutoCloseable {
    /** Number of plans that are kept: batches have few different shapes. */
    private static final int KEPT_PLANS = 4;

    private final RetinaNet network;
    private final Kernels kernels;
    private final boolean training;
    private final Map<Shape, Planned> plans = new LinkedHashMap<>(8, 0.75f, true);
    private final Workspace workspace;
    private Planned last;

    /**
     * A planned network without plans. Close it before the kernels.
     *
     * @param network to run
     * @param kernels over the network's parameters
     * @param training whether to plan a backward pass; a network that is not folded needs it
     */
    public PlannedNetwork(RetinaNet network, Kernels kernels, boolean training) {
        this.network = network;
        this.kernels = kernels;
        this.training = training;
        workspace = kernels.workspace();
    }

    private record Planned(Plan plan, RawOutputs outputs) {}

    /**
     * Runs the network.
     *
     * @param image plain NHWC, normalized pixels
     * @param shape of {@code image}; height and width are multiples of {@link Architecture#PADDING}, 3 channels
     * @throws IllegalArgumentException if height or width is no such multiple
     */
    public RawOutputs forward(float[] image, Shape shape) {
        last = planned(shape);
        last.plan().writeImage(image);
        last.plan().forward();
        transfer(
                (index, picture, target, offset) -> last.plan().readOutput(index, picture, target, offset),
                last.outputs());
        return last.outputs();
    }

    /**
     * Computes the gradients of the parameters, {@link io.hardmine.core.kernel.Parameters#gradients}.
     *
     * @param gradients derivative of the loss by the outputs of the last {@link #forward}
     */
    public void backward(RawOutputs gradients) {
        transfer(
                (index, picture, source, offset) -> last.plan().writeGradient(index, picture, source, offset),
                gradients);
        last.plan().backward();
    }

    private interface Copy {
        void run(int index, int picture, float[] array, int offset);
    }

    private void transfer(Copy copy, RawOutputs outputs) {
        for (int b = 0; b < outputs.batch(); b++) {
            int logits = b * outputs.anchors() * outputs.classes();
            int offsets = b * outputs.anchors() * 4;
            for (int level = 0; level < Architecture.LEVELS; level++) {
                int boxes = Architecture.LEVELS + level;
                copy.run(level, b, outputs.logits(), logits);
                copy.run(boxes, b, outputs.offsets(), offsets);
                logits += last.plan().output(level).perPicture();
                offsets += last.plan().output(boxes).perPicture();
            }
        }
    }

    private Planned planned(Shape shape) {
        Planned known = plans.get(shape);
        if (known != null) {
            return known;
        }
        if (shape.height() % Architecture.PADDING != 0 || shape.width() % Architecture.PADDING != 0) {
            throw new IllegalArgumentException(
                    "input sides must be multiples of " + Architecture.PADDING + ": " + shape);
        }
        while (plans.size() >= KEPT_PLANS) {
            Shape oldest = plans.keySet().iterator().next();
            plans.remove(oldest).plan().close();
        }
        Plan plan = network.plan(kernels.planner(shape, training, workspace));
        Planned made;
        try {
            made = new Planned(plan, room(plan, shape));
        } catch (RuntimeException | OutOfMemoryError e) {
            plan.close();
            throw e;
        }
        plans.put(shape, made);
        return made;
    }

    private RawOutputs room(Plan plan, Shape shape) {
        int anchors = 0;
        for (int level = 0; level < Architecture.LEVELS; level++) {
            anchors = Math.addExact(
                    anchors, plan.output(Architecture.LEVELS + level).perPicture() / 4);
        }
        return RawOutputs.zeros(shape.batch(), anchors, network.architecture().classes());
    }

    @Override
    public void close() {
        plans.values().forEach(p -> p.plan().close());
        plans.clear();
        workspace.close();
    }
}
