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
 * The class or the box subnet: 3 × 3 convolutions with max(0, ·), then one without. The same weights serve every level.
 * The towers start as He et al. have it: the paper's deviation of 0.01 lets the signal of a narrow network die out
 * within four convolutions. The last convolution starts at 0.01.
 */
final class Subnet {
    private static final double LAST_DEVIATION = 0.01;

    private final List<Convolution> tower = new ArrayList<>();
    private final Convolution last;

    Subnet(Registry registry, String name, int channels, int convolutions, int outputs, double lastBias) {
        for (int i = 0; i < convolutions; i++) {
            tower.add(convolution(
                    registry, name + ".tower" + i, channels, channels, Initialization.HE, Initialization.constant(0)));
        }
        last = convolution(
                registry,
                name + ".last",
                channels,
                outputs,
                Initialization.normal(LAST_DEVIATION),
                Initialization.constant(lastBias));
    }

    private static Convolution convolution(
            Registry registry, String name, int in, int out, Initialization weight, Initialization bias) {
        return new Convolution(
                registry.parameters().add(name + ".weight", Role.WEIGHT, weight, 3, 3, in, out),
                registry.parameters().add(name + ".bias", Role.BIAS, bias, out),
                1);
    }

    Tensor plan(Planner planner, Tensor level) {
        Tensor x = level;
        for (Convolution convolution : tower) {
            x = planner.convolution(x, convolution, Fusion.RELU);
        }
        return planner.convolution(x, last, Fusion.NONE);
    }
}
