package io.hardmine.core.network;

import io.hardmine.core.kernel.Activation;
import io.hardmine.core.kernel.Convolution;
import io.hardmine.core.kernel.Normalisation;
import io.hardmine.core.kernel.Parameter.Initialisation;
import io.hardmine.core.kernel.Parameter.Role;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.Planner;

/** A convolution without bias, batch normalisation, and max(0, ·) where asked for; or, folded, one convolution. */
final class NormalisedConvolution {
    private final Convolution convolution;
    private final Normalisation normalisation;
    private final boolean relu;

    private NormalisedConvolution(Convolution convolution, Normalisation normalisation, boolean relu) {
        this.convolution = convolution;
        this.normalisation = normalisation;
        this.relu = relu;
    }

    /** Registers the parameters under {@code name}. */
    static NormalisedConvolution of(
            Registry registry, String name, int in, int out, int kernel, int stride, boolean relu) {
        Parameters.Builder parameters = registry.parameters();
        var weight = parameters.add(name + ".weight", Role.WEIGHT, Initialisation.HE, kernel, kernel, in, out);
        if (registry.folded()) {
            var bias = parameters.add(name + ".bias", Role.BIAS, Initialisation.constant(0), out);
            return new NormalisedConvolution(new Convolution(weight, bias, stride), null, relu);
        }
        Normalisation normalisation = new Normalisation(
                parameters.add(name + ".norm.scale", Role.SCALE, Initialisation.constant(1), out),
                parameters.add(name + ".norm.shift", Role.SHIFT, Initialisation.constant(0), out),
                parameters.add(name + ".norm.mean", Role.STATISTIC, Initialisation.constant(0), out),
                parameters.add(name + ".norm.variance", Role.STATISTIC, Initialisation.constant(1), out));
        NormalisedConvolution made =
                new NormalisedConvolution(new Convolution(weight, null, stride), normalisation, relu);
        registry.normalised().add(made);
        return made;
    }

    Activation plan(Planner planner, Activation in) {
        if (normalisation == null) {
            return planner.convolution(in, convolution, relu);
        }
        return planner.normalise(planner.convolution(in, convolution, false), normalisation, relu);
    }

    /**
     * Puts the normalisation by running statistics into the weights and the bias of the folded twin: {@code weight ·
     * k} and {@code shift − mean · k} with {@code k = scale / √(variance + ε)}.
     */
    void foldInto(Parameters folded, String name, Parameters source) {
        float[] weight = source.copyOf(convolution.weight());
        float[] scale = source.copyOf(normalisation.scale());
        float[] shift = source.copyOf(normalisation.shift());
        float[] mean = source.copyOf(normalisation.mean());
        float[] variance = source.copyOf(normalisation.variance());
        int channels = scale.length;
        float[] bias = new float[channels];
        for (int c = 0; c < channels; c++) {
            double k = scale[c] / Math.sqrt(variance[c] + Normalisation.EPSILON);
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
