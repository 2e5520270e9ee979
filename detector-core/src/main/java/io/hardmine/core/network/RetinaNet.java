package io.hardmine.core.network;

import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.Plan;
import io.hardmine.core.kernel.PlanBuilder;
import io.hardmine.core.kernel.Planner;
import io.hardmine.core.kernel.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The one-stage detector of Lin et al. 2017 (figure 3): its modules and its parameters. For training it has batch
 * normalization in the backbone and optionally in the subnets. {@link #folded()} gives the same network for inference,
 * with the normalization by running statistics folded into the convolutions.
 */
public final class RetinaNet implements AutoCloseable {
    private final Architecture architecture;
    private final Parameters parameters;
    private final Modules modules;
    private final List<NormalizedConvolution> normalized;
    private final boolean folded;

    private RetinaNet(Architecture architecture, boolean folded, int block) {
        this.architecture = architecture;
        this.folded = folded;
        Registry registry = new Registry(folded);
        modules = Modules.of(architecture, registry);
        parameters = registry.parameters().build(block);
        normalized = registry.normalized();
    }

    private record Modules(Backbone backbone, FeaturePyramid pyramid, Subnet classes, Subnet boxes) {
        static Modules of(Architecture architecture, Registry registry) {
            int channels = architecture.pyramidChannels();
            int logits = architecture.anchors() * architecture.classes();
            double classBias = -Math.log((1 - architecture.prior()) / architecture.prior());
            try {
                Backbone backbone = new ResidualBackbone(registry, architecture.backbone());
                return new Modules(
                        backbone,
                        new FeaturePyramid(registry, backbone, channels),
                        new Subnet(registry, "classes", architecture, logits, classBias),
                        new Subnet(registry, "boxes", architecture, architecture.anchors() * 4, 0));
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("this network has more than 2^31 parameters: " + architecture, e);
            }
        }
    }

    /**
     * Number of trained parameters and of statistics of a network for training. Allocates no memory for them.
     *
     * @throws IllegalArgumentException if there are 2³¹ or more
     */
    public static Parameters.Size size(Architecture architecture) {
        Registry registry = new Registry(false);
        Modules.of(architecture, registry);
        return registry.parameters().size();
    }

    /** A network with initial parameters for training, in plain order. */
    public static RetinaNet initialized(Architecture architecture, long seed) {
        return initialized(architecture, seed, 1);
    }

    /**
     * A network with initial parameters for training.
     *
     * @param seed of the initial weights; the same seed gives the same parameters
     * @param block channels per block of the weight layout, 1 for plain order; fastest is the {@link
     *     io.hardmine.core.kernel.KernelProvider#block} of the kernels that train the network
     */
    public static RetinaNet initialized(Architecture architecture, long seed, int block) {
        RetinaNet network = new RetinaNet(architecture, false, block);
        network.parameters.initialize(seed);
        return network;
    }

    /**
     * A network whose parameters are all zero, to be filled by the caller.
     *
     * @param block channels per block of the weight layout, 1 for plain order
     */
    public static RetinaNet empty(Architecture architecture, int block) {
        return new RetinaNet(architecture, false, block);
    }

    /** A copy of this network for inference, with the same weight layout. Later training does not change the copy. */
    public RetinaNet folded() {
        return folded(parameters.block());
    }

    /** As {@link #folded()}, with the weight layout of the given block. */
    RetinaNet folded(int block) {
        RetinaNet copy = new RetinaNet(architecture, true, block);
        for (Parameter target : copy.parameters.all()) {
            if (parameters.contains(target.name())) {
                copy.parameters.set(target, parameters.copyOf(parameters.get(target.name())));
            }
        }
        normalized.forEach(n -> n.foldInto(copy.parameters, n.name(), parameters));
        return copy;
    }

    /** The architecture. */
    public Architecture architecture() {
        return architecture;
    }

    /** All parameters of the network; {@link #close} frees them. */
    public Parameters parameters() {
        return parameters;
    }

    /** Whether the normalization is folded, for inference. */
    public boolean isFolded() {
        return folded;
    }

    /** Plans the network; the plan's outputs are those of {@link #outputs}. */
    public Plan plan(PlanBuilder builder) {
        return builder.finish(outputs(builder));
    }

    /**
     * Hands the network's operations to a planner. The outputs are, for each level from P3 to P7, the class logits
     * {@code (B, H, W, A·K)}, and after all of them, for each level, the box offsets {@code (B, H, W, A·4)}.
     */
    public List<Tensor> outputs(Planner planner) {
        List<Tensor> levels = modules.pyramid().plan(planner, modules.backbone().plan(planner, planner.image()));
        List<Tensor> outputs = new ArrayList<>();
        outputs.addAll(modules.classes().plan(planner, levels));
        outputs.addAll(modules.boxes().plan(planner, levels));
        return outputs;
    }

    @Override
    public void close() {
        parameters.close();
    }
}
