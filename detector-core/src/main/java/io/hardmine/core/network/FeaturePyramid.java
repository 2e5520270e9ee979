package io.hardmine.core.network;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Fusion;
import io.hardmine.core.kernel.Parameter.Initialization;
import io.hardmine.core.kernel.Parameter.Role;
import io.hardmine.core.kernel.Planner;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.kernel.Tensor;
import java.util.List;

/**
 * Computes P3 to P7 from C3 to C5 (Lin et al. 2017, section 4, footnote 2). Lateral 1 × 1 convolutions map C3 to C5 to
 * the pyramid's channels. Each coarser map is upsampled and added to the next finer one. 3 × 3 convolutions smooth the
 * results to P3, P4 and P5. P6 is a 3 × 3 convolution with stride 2 on C5, and P7 is the same on max(0, P6).
 */
final class FeaturePyramid {
    private final Convolution lateral3;
    private final Convolution lateral4;
    private final Convolution lateral5;
    private final Convolution smooth3;
    private final Convolution smooth4;
    private final Convolution smooth5;
    private final Convolution down6;
    private final Convolution down7;

    FeaturePyramid(Registry registry, Backbone backbone, int channels) {
        lateral3 = convolution(registry, "pyramid.lateral3", 1, backbone.channels(3), channels, 1);
        lateral4 = convolution(registry, "pyramid.lateral4", 1, backbone.channels(4), channels, 1);
        lateral5 = convolution(registry, "pyramid.lateral5", 1, backbone.channels(5), channels, 1);
        smooth3 = convolution(registry, "pyramid.smooth3", 3, channels, channels, 1);
        smooth4 = convolution(registry, "pyramid.smooth4", 3, channels, channels, 1);
        smooth5 = convolution(registry, "pyramid.smooth5", 3, channels, channels, 1);
        down6 = convolution(registry, "pyramid.down6", 3, backbone.channels(5), channels, 2);
        down7 = convolution(registry, "pyramid.down7", 3, channels, channels, 2);
    }

    private static Convolution convolution(Registry registry, String name, int kernel, int in, int out, int stride) {
        return new Convolution(
                registry.parameters().add(name + ".weight", Role.WEIGHT, Initialization.HE, kernel, kernel, in, out),
                registry.parameters().add(name + ".bias", Role.BIAS, Initialization.constant(0), out),
                stride);
    }

    /** P3 to P7 from C3, C4, C5. */
    List<Tensor> plan(Planner planner, List<Tensor> c) {
        Tensor c3 = c.get(0);
        Tensor c4 = c.get(1);
        Tensor c5 = c.get(2);
        Tensor m5 = planner.convolution(c5, lateral5, Fusion.NONE);
        Tensor m4 = merge(planner, planner.convolution(c4, lateral4, Fusion.NONE), m5);
        Tensor m3 = merge(planner, planner.convolution(c3, lateral3, Fusion.NONE), m4);
        Tensor p6 = planner.convolution(c5, down6, Fusion.NONE);
        Tensor p7 = planner.convolution(planner.relu(p6), down7, Fusion.NONE);
        return List.of(
                planner.convolution(m3, smooth3, Fusion.NONE),
                planner.convolution(m4, smooth4, Fusion.NONE),
                planner.convolution(m5, smooth5, Fusion.NONE),
                p6,
                p7);
    }

    private static Tensor merge(Planner planner, Tensor lateral, Tensor coarser) {
        Shape size = lateral.shape();
        return planner.add(lateral, planner.upsample(coarser, size.height(), size.width()), Fusion.NONE);
    }
}
