package io.hardmine.core.network;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Fusion;
import io.hardmine.core.kernel.Normalization;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameter.Initialization;
import io.hardmine.core.kernel.Parameter.Role;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.Planner;
import io.hardmine.core.kernel.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A convolution without bias, then batch normalization, then optionally max(0, ·). In a folded network it is one
 * convolution with bias, then optionally max(0, ·).
 */
final class NormalizedConvolution {
    private final String name;
    private final Convolution convolution;
    private final Normalization normalization;
    private final Fusion fusion;

    private NormalizedConvolution(String name, Convolution convolution, Normalization normalization, Fusion fusion) {
        this.name = name;
        this.convolution = convolution;
        this.normalization = normalization;
        this.fusion = fusion;
    }

    /** Registers the parameters under {@code name}. */
    static NormalizedConvolution of(
            Registry registry, String name, int in, int out, int kernel, int stride, Fusion fusion) {
        Parameter weight = weight(registry, name, in, out, kernel);
        return registry.folded()
                ? folded(registry, name, weight, stride, fusion)
                : normalized(registry, name, weight, stride, fusion);
    }

    /**
     * One convolution for all levels of the pyramid, with a separate normalization for each level, because levels
     * differ in their statistics (RTMDet's “SepBN” head). In a folded network each level has its own weights.
     */
    static List<NormalizedConvolution> perLevel(
            Registry registry, String name, int in, int out, int kernel, Fusion fusion) {
        Parameter shared = registry.folded() ? null : weight(registry, name, in, out, kernel);
        return IntStream.range(0, Architecture.LEVELS)
                .mapToObj(level -> {
                    String own = "%s.p%d".formatted(name, Architecture.FIRST_LEVEL + level);
                    return shared == null
                            ? folded(registry, own, weight(registry, own, in, out, kernel), 1, fusion)
                            : normalized(registry, own, shared, 1, fusion);
                })
                .toList();
    }

    private static Parameter weight(Registry registry, String name, int in, int out, int kernel) {
        return registry.parameters().add(name + ".weight", Role.WEIGHT, Initialization.HE, kernel, kernel, in, out);
    }

    private static NormalizedConvolution folded(
            Registry registry, String name, Parameter weight, int stride, Fusion fusion) {
        Parameter bias =
                registry.parameters().add(name + ".bias", Role.BIAS, Initialization.constant(0), weight.size(3));
        return new NormalizedConvolution(name, new Convolution(weight, bias, stride), null, fusion);
    }

    private static NormalizedConvolution normalized(
            Registry registry, String name, Parameter weight, int stride, Fusion fusion) {
        Parameters.Builder parameters = registry.parameters();
        int out = weight.size(3);
        Normalization normalization = new Normalization(
                parameters.add(name + ".norm.scale", Role.SCALE, Initialization.constant(1), out),
                parameters.add(name + ".norm.shift", Role.SHIFT, Initialization.constant(0), out),
                parameters.add(name + ".norm.mean", Role.STATISTIC, Initialization.constant(0), out),
                parameters.add(name + ".norm.variance", Role.STATISTIC, Initialization.constant(1), out));
        NormalizedConvolution made =
                new NormalizedConvolution(name, new Convolution(weight, null, stride), normalization, fusion);
        registry.normalized().add(made);
        return made;
    }

    Tensor plan(Planner planner, Tensor in) {
        if (normalization == null) {
            return planner.convolution(in, convolution, fusion);
        }
        return planner.normalize(planner.convolution(in, convolution, Fusion.NONE), normalization, fusion);
    }

    /**
     * Writes the normalization by running statistics into weights and bias of the folded network: {@code weight · k}
     * and {@code shift − mean · k} with {@code k = scale / √(variance + ε)}.
     *
     * @param folded parameters of the folded network
     * @param name of this convolution in the folded network
     * @param source parameters of the network with normalization
     */
    void foldInto(Parameters folded, String name, Parameters source) {
        float[] weight = source.copyOf(convolution.weight());
        float[] scale = source.copyOf(normalization.scale());
        float[] shift = source.copyOf(normalization.shift());
        float[] mean = source.copyOf(normalization.mean());
        float[] variance = source.copyOf(normalization.variance());
        int channels = scale.length;
        float[] bias = new float[channels];
        for (int c = 0; c < channels; c++) {
            double k = scale[c] / Math.sqrt(variance[c] + Normalization.EPSILON);
            for (int i = c; i < weight.length; i += channels) {
                weight[i] = (float) (weight[i] * k);
            }
            bias[c] = (float) (shift[c] - mean[c] * k);
        }
        folded.set(folded.get(name + ".weight"), weight);
        folded.set(folded.get(name + ".bias"), bias);
    }

    /** The prefix of its parameters' names. A weight that levels share has the name without the level. */
    String name() {
        return name;
    }
}
