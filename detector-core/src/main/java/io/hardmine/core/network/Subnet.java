package io.hardmine.core.network;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Fusion;
import io.hardmine.core.kernel.Parameter.Initialization;
import io.hardmine.core.kernel.Parameter.Role;
import io.hardmine.core.kernel.Planner;
import io.hardmine.core.kernel.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The class or the box subnet: a tower of 3 × 3 convolutions with max(0, ·), then one convolution without. All levels
 * share the weights. The tower has the initialization of He et al., because with the paper's standard deviation of 0.01
 * the signal of a narrow network dies out within four convolutions. The last convolution starts with a standard
 * deviation of 0.01. With head normalization, the tower's convolutions have a separate batch normalization for each
 * level, unlike the paper.
 */
final class Subnet {
    private static final double LAST_DEVIATION = 0.01;

    private final List<Layer> tower = new ArrayList<>();
    private final Convolution last;

    /** A convolution of the tower; levels are counted from 0, which is P3. */
    private interface Layer {
        Tensor plan(Planner planner, Tensor in, int level);
    }

    Subnet(Registry registry, String name, Architecture architecture, int outputs, double lastBias) {
        int channels = architecture.pyramidChannels();
        for (int i = 0; i < architecture.headConvolutions(); i++) {
            String layer = name + ".tower" + i;
            tower.add(
                    architecture.headNormalization()
                            ? normalized(registry, layer, channels)
                            : plain(registry, layer, channels));
        }
        last = convolution(
                registry,
                name + ".last",
                channels,
                outputs,
                Initialization.normal(LAST_DEVIATION),
                Initialization.constant(lastBias));
    }

    private static Layer plain(Registry registry, String name, int channels) {
        Convolution convolution =
                convolution(registry, name, channels, channels, Initialization.HE, Initialization.constant(0));
        return (planner, in, level) -> planner.convolution(in, convolution, Fusion.RELU);
    }

    private static Layer normalized(Registry registry, String name, int channels) {
        List<NormalizedConvolution> levels =
                NormalizedConvolution.perLevel(registry, name, channels, channels, 3, Fusion.RELU);
        return (planner, in, level) -> levels.get(level).plan(planner, in);
    }

    private static Convolution convolution(
            Registry registry, String name, int in, int out, Initialization weight, Initialization bias) {
        return new Convolution(
                registry.parameters().add(name + ".weight", Role.WEIGHT, weight, 3, 3, in, out),
                registry.parameters().add(name + ".bias", Role.BIAS, bias, out),
                1);
    }

    /** The outputs of the levels, P3 first. */
    List<Tensor> plan(Planner planner, List<Tensor> levels) {
        List<Tensor> outputs = new ArrayList<>();
        for (int level = 0; level < levels.size(); level++) {
            Tensor x = levels.get(level);
            for (Layer layer : tower) {
                x = layer.plan(planner, x, level);
            }
            outputs.add(planner.convolution(x, last, Fusion.NONE));
        }
        return outputs;
    }
}
