package io.hardmine.core.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All numbers of a network, flat: what is trained in {@link #values()}, its gradients at the same places in {@link
 * #gradients()}, running statistics of normalisations in {@link #statistics()}. Optimizers, checkpoints and model files
 * see these three arrays and nothing else.
 */
public final class Parameters {
    private final List<Parameter> parameters;
    private final Map<String, Parameter> byName;
    private final float[] values;
    private float[] gradients;
    private final float[] statistics;

    private Parameters(List<Parameter> parameters, int trained, int statistic) {
        this.parameters = List.copyOf(parameters);
        byName = parameters.stream().collect(Collectors.toUnmodifiableMap(Parameter::name, p -> p));
        values = new float[trained];
        statistics = new float[statistic];
    }

    /** Collects the parameters of a network while its modules are made. */
    public static final class Builder {
        private final List<Parameter> parameters = new ArrayList<>();
        private int trained;
        private int statistic;

        /** Adds a parameter; its shape must be positive. */
        public Parameter add(
                String name, Parameter.Role role, Parameter.Initialisation initialisation, Integer... shape) {
            Parameter p = new Parameter(
                    name, role, initialisation, role.trained() ? trained : statistic, Arrays.asList(shape));
            parameters.add(p);
            if (role.trained()) {
                trained = Math.addExact(trained, p.length());
            } else {
                statistic = Math.addExact(statistic, p.length());
            }
            return p;
        }

        /** The collected parameters, all zero. */
        public Parameters build() {
            return new Parameters(parameters, trained, statistic);
        }
    }

    /** Sets every parameter to its initial value; the same seed gives the same values on every machine. */
    public void initialise(long seed) {
        for (int i = 0; i < parameters.size(); i++) {
            Parameter p = parameters.get(i);
            Random random = new Random(seed * 1_000_003 + i);
            double deviation = p.initialDeviation();
            float[] target = array(p);
            for (int k = p.offset(); k < p.offset() + p.length(); k++) {
                target[k] = (float) (p.initialisation().mean() + random.nextGaussian() * deviation);
            }
        }
    }

    /** Every parameter, in the order in which it was added. */
    public List<Parameter> all() {
        return parameters;
    }

    /** The parameter of that name; throws IllegalArgumentException where there is none. */
    public Parameter get(String name) {
        Parameter found = byName.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return found;
    }

    /** Whether there is a parameter of that name. */
    public boolean contains(String name) {
        return byName.containsKey(name);
    }

    /** What is trained, flat. */
    public float[] values() {
        return values;
    }

    /** Gradient of the loss by {@link #values()}, in the same order; a network that is not trained never asks for it. */
    public synchronized float[] gradients() {
        if (gradients == null) {
            gradients = new float[values.length];
        }
        return gradients;
    }

    /** Running means and variances, flat. */
    public float[] statistics() {
        return statistics;
    }

    /** The array in which a parameter's values lie, from its offset on. */
    public float[] array(Parameter p) {
        return p.role().trained() ? values : statistics;
    }

    /** A copy of one parameter's values. */
    public float[] copyOf(Parameter p) {
        return Arrays.copyOfRange(array(p), p.offset(), p.offset() + p.length());
    }

    /** The ranges [from, to) of {@link #values()} that weight decay applies to, merged where they touch. */
    public List<int[]> decayedRanges() {
        List<int[]> ranges = new ArrayList<>();
        for (Parameter p : parameters) {
            if (p.role() != Parameter.Role.WEIGHT) {
                continue;
            }
            int[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (last != null && last[1] == p.offset()) {
                last[1] += p.length();
            } else {
                ranges.add(new int[] {p.offset(), p.offset() + p.length()});
            }
        }
        return ranges;
    }

    /** The first parameter that holds a value that is not a finite number, or null. */
    public Parameter firstNotFinite() {
        return parameters.stream()
                .filter(p -> IntStream.range(p.offset(), p.offset() + p.length())
                        .anyMatch(i -> !Float.isFinite(array(p)[i])))
                .findFirst()
                .orElse(null);
    }
}
