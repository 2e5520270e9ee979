package io.hardmine.core.network;

import io.hardmine.core.kernel.Fusion;
import io.hardmine.core.kernel.Planner;
import io.hardmine.core.kernel.Tensor;
import java.util.List;

/** {@code max(0, f(x) + shortcut(x))}: basic or bottleneck (He et al. 2016, figure 5). */
final class ResidualBlock {
    private final List<NormalizedConvolution> path;
    private final NormalizedConvolution shortcut;

    ResidualBlock(Registry registry, String name, Architecture.Block kind, int in, int width, int stride) {
        int out = width * kind.expansion();
        path = switch (kind) {
            case BASIC -> List.of(
                    NormalizedConvolution.of(registry, name + ".conv1", in, width, 3, stride, Fusion.RELU),
                    NormalizedConvolution.of(registry, name + ".conv2", width, out, 3, 1, Fusion.NONE));
            case BOTTLENECK -> List.of(
                    NormalizedConvolution.of(registry, name + ".conv1", in, width, 1, 1, Fusion.RELU),
                    NormalizedConvolution.of(registry, name + ".conv2", width, width, 3, stride, Fusion.RELU),
                    NormalizedConvolution.of(registry, name + ".conv3", width, out, 1, 1, Fusion.NONE));
        };
        shortcut = stride == 1 && in == out
                ? null
                : NormalizedConvolution.of(registry, name + ".shortcut", in, out, 1, stride, Fusion.NONE);
    }

    Tensor plan(Planner planner, Tensor in) {
        Tensor x = in;
        for (NormalizedConvolution step : path) {
            x = step.plan(planner, x);
        }
        return planner.add(x, shortcut == null ? in : shortcut.plan(planner, in), Fusion.RELU);
    }
}
