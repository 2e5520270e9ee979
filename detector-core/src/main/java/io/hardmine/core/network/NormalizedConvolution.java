package io.hardmine.core.network;

import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Fusion;
import io.hardmine.core.kernel.Normalization;
import io.hardmine.core.kernel.Parameter.Initialization;
import io.hardmine.core.kernel.Parameter.Role;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.Planner;
import io.hardmine.core.kernel.Tensor;

/** A convolution without bias, batch normalization, and max(0, ·) where asked for; or, folded, one convolution. */
final class NormalizedConvolution {
    private final Convolution convolution;
    private final Normalization normalization;
    private final Fusion fusion;

    private NormalizedConvolution(Convolution convolution, Normalization normalization, Fusion fusion) {
        this.convolution = convolution;
        this.normalization = normalization;
        this.fusion = fusion;
    }

    /** Registers the parameters under {@code name}. */
    static NormalizedConvolution of(
            Registry registry, String name, int in, int out, int kernel, int stride, Fusion fusion) {
        Parameters.Builder parameters = registry.parameters();
        var weight = parameters.add(name + ".weight", Role.WEIGHT, Initialization.HE, kernel, kernel, in, out);
        if (registry.folded()) {
            var bias = parameters.add(name + ".bias", Role.BIAS, Initialization.constant(0), out);
            return new NormalizedConvolution(new Convolution(weight, bias, stride), null, fusion);
        }
        Normalization normalization = new Normalization(
                parameters.add(name + ".norm.scale", Role.SCALE, Initialization.constant(1), out),
                parameters.add(name + ".norm.shift", Role.SHIFT, Initialization.constant(0), out),
                parameters.add(name + ".norm.mean", Role.STATISTIC, Initialization.constant(0), out),
                parameters.add(name + ".norm.variance", Role.STATISTIC, Initialization.constant(1), out));
        NormalizedConvolution made =
                new NormalizedConvolution(new Convolution(weight, null, stride), normalization, fusion);
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
     * Puts the normalization by running statistics into the weights and the bias of the folded twin: {@code weight ·
     * k} and {@code shift − mean · k} with {@code k = scale / √(variance + ε)}.
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

    /** The name that its parameters begin with. */
    String name() {
        String weight = convolution.weight().name();
        return weight.substring(0, weight.length() - ".weight".length());
    }
}
