package io.hardmine.core.kernel;

import io.hardmine.core.kernel.Parameter.Initialization;
import io.hardmine.core.kernel.Parameter.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Every operation that a planner offers, in small networks to be tested. */
public final class PlannedOperations {
    /** A network: registers its parameters, then plans itself on an activation. */
    public interface Layers {
        BiFunction<Planner, Tensor, List<Tensor>> register(Parameters.Builder parameters);
    }

    private static final List<Fusion> FUSIONS = List.of(Fusion.NONE, Fusion.RELU);

    private PlannedOperations() {}

    /**
     * The operations by name.
     *
     * @param channels of the activation that they are planned on
     */
    public static Map<String, Layers> on(int channels) {
        Map<String, Layers> all = new LinkedHashMap<>();
        for (int kernel : new int[] {1, 3, 7}) {
            for (int stride : new int[] {1, 2}) {
                for (Fusion fusion : FUSIONS) {
                    for (boolean bias : new boolean[] {false, true}) {
                        all.put("convolution %d/%d bias=%s %s".formatted(kernel, stride, bias, fusion), p -> {
                            Convolution c = convolution(p, "c", kernel, channels, channels + 3, stride, bias);
                            return (planner, x) -> List.of(planner.convolution(x, c, fusion));
                        });
                    }
                }
            }
        }
        for (Fusion fusion : FUSIONS) {
            all.put("normalization " + fusion, p -> {
                Normalization n = normalization(p, "n", channels);
                return (planner, x) -> List.of(planner.normalize(x, n, fusion));
            });
            all.put("sum with itself and another " + fusion, p -> {
                Convolution c = convolution(p, "c", 1, channels, channels, 1, false);
                return (planner, x) -> List.of(
                        planner.add(planner.add(x, x, Fusion.NONE), planner.convolution(x, c, Fusion.NONE), fusion));
            });
        }
        all.put("relu", p -> (planner, x) -> List.of(planner.relu(x), x));
        all.put("max pooling", p -> (planner, x) -> List.of(planner.maxPool(x)));
        for (int cut : new int[] {0, 1}) {
            all.put(
                    "upsampling cut by " + cut,
                    p -> (planner, x) -> List.of(planner.upsample(
                            x, 2 * x.shape().height() - cut, 2 * x.shape().width() - cut)));
        }
        all.put("one weight on three activations", p -> {
            Convolution c = convolution(p, "c", 3, channels, channels, 1, true);
            return (planner, x) -> {
                Tensor once = planner.convolution(x, c, Fusion.RELU);
                Tensor twice = planner.convolution(once, c, Fusion.NONE);
                return List.of(twice, planner.convolution(planner.maxPool(x), c, Fusion.NONE), once);
            };
        });
        return all;
    }

    /** A convolution with random weights, and a random bias if it has one. */
    public static Convolution convolution(
            Parameters.Builder p, String name, int kernel, int in, int out, int stride, boolean bias) {
        return new Convolution(
                p.add(name + ".weight", Role.WEIGHT, Initialization.HE, kernel, kernel, in, out),
                bias ? p.add(name + ".bias", Role.BIAS, Initialization.normal(0.4), out) : null,
                stride);
    }

    /** A normalization with random scale and shift. */
    private static Normalization normalization(Parameters.Builder p, String name, int channels) {
        return new Normalization(
                p.add(name + ".scale", Role.SCALE, new Initialization(1, 0.3), channels),
                p.add(name + ".shift", Role.SHIFT, Initialization.normal(0.3), channels),
                p.add(name + ".mean", Role.STATISTIC, Initialization.constant(0), channels),
                p.add(name + ".variance", Role.STATISTIC, Initialization.constant(1), channels));
    }
}
