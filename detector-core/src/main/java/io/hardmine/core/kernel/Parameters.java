package io.hardmine.core.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All numbers of a network, flat. {@link #values()} holds the trained parameters, {@link #gradients()} their gradients
 * at the same indices, and {@link #statistics()} the running statistics of normalizations.
 *
 * <p>Values and gradients have the layout that kernels use in place ({@link #block}). Each parameter starts at an
 * aligned address; the gap before the next one is filled with zeros. Code that works number by number, such as an
 * optimizer, may ignore layout and gaps. {@link #set} and {@link #copyOf} convert from and to plain numbers.
 */
public final class Parameters implements AutoCloseable {
    private static final int ALIGNMENT = FloatMemory.ALIGNMENT / Float.BYTES;

    private final int block;
    private final List<Parameter> parameters;
    private final Map<String, Parameter> byName;
    private final FloatMemory values;
    private FloatMemory gradients;
    private final float[] statistics;

    private Parameters(int block, List<Parameter> parameters, int trained, int statistic) {
        this.block = block;
        this.parameters = List.copyOf(parameters);
        byName = parameters.stream().collect(Collectors.toUnmodifiableMap(Parameter::name, p -> p));
        values = new FloatMemory(trained);
        statistics = new float[statistic];
    }

    /**
     * How many plain numbers there are.
     *
     * @param trained of weights, biases, scales and shifts
     * @param statistics running means and variances
     */
    public record Size(int trained, int statistics) {}

    /** Collects the parameters of a network while its modules are made. */
    public static final class Builder {
        private final List<Parameter> parameters = new ArrayList<>();
        private int trained;
        private int statistic;

        /**
         * Adds a parameter, whose sizes must be positive. Throws ArithmeticException if all parameters together have
         * 2³¹ numbers or more.
         */
        public Parameter add(
                String name, Parameter.Role role, Parameter.Initialization initialization, Integer... shape) {
            Parameter p = new Parameter(
                    name, role, initialization, role.trained() ? trained : statistic, Arrays.asList(shape));
            parameters.add(p);
            if (role.trained()) {
                int aligned = Math.addExact(p.length(), ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
                trained = Math.addExact(trained, aligned);
            } else {
                statistic = Math.addExact(statistic, p.length());
            }
            return p;
        }

        /** How many numbers the parameters added so far have. Allocates no memory for them. */
        public Size size() {
            return new Size(
                    parameters.stream()
                            .filter(p -> p.role().trained())
                            .mapToInt(Parameter::length)
                            .sum(),
                    statistic);
        }

        /**
         * The collected parameters, all zero.
         *
         * @param block input and output channels per block of convolution weights, as {@link KernelProvider#block}
         *     gives it; 1 for plain weights, which all kernels take
         */
        public Parameters build(int block) {
            return new Parameters(block, parameters, trained, statistic);
        }
    }

    /** Sets every parameter to its initial value; the same seed gives the same values on every machine. */
    public void initialize(long seed) {
        for (int i = 0; i < parameters.size(); i++) {
            Parameter p = parameters.get(i);
            Random random = new Random(seed * 1_000_003 + i);
            double deviation = p.initialDeviation();
            float[] plain = new float[p.length()];
            for (int k = 0; k < plain.length; k++) {
                plain[k] = (float) (p.initialization().mean() + random.nextGaussian() * deviation);
            }
            set(p, plain);
        }
    }

    /** Input and output channels per block of convolution weights; 1 for plain weights. */
    public int block() {
        return block;
    }

    /**
     * Channels per block of a trained parameter in memory. Convolution weights have {@link #block()} if it divides both
     * of their channel counts; their layout is then [out / block, in / block, kernel height, kernel width, block in,
     * block out]. All other parameters have 1 and lie in plain order.
     */
    public int block(Parameter p) {
        boolean divides = p.shape().size() == 4 && p.size(2) % block == 0 && p.size(3) % block == 0;
        return divides ? block : 1;
    }

    /** Every parameter, in the order in which it was added. */
    public List<Parameter> all() {
        return parameters;
    }

    /** The parameter of that name; throws IllegalArgumentException if there is none. */
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

    /** The trained parameters, in the order in which they were added. Memory and files have the same order. */
    public Stream<Parameter> trained() {
        return parameters.stream().filter(p -> p.role().trained());
    }

    /** How many trained numbers there are, without the gaps between parameters. */
    public int count() {
        return trained().mapToInt(Parameter::length).sum();
    }

    /** Values of the trained parameters, flat. */
    public FloatMemory values() {
        return values;
    }

    /**
     * Gradient of the loss by {@link #values()}, in the same order. The first call allocates it, so a network that is
     * not trained takes no memory for it.
     */
    public synchronized FloatMemory gradients() {
        if (gradients == null) {
            gradients = new FloatMemory(values.length());
        }
        return gradients;
    }

    /** Running means and variances, flat. */
    public float[] statistics() {
        return statistics;
    }

    /** A copy of one parameter's plain numbers. */
    public float[] copyOf(Parameter p) {
        return p.role().trained()
                ? copyOf(p, values)
                : Arrays.copyOfRange(statistics, p.offset(), p.offset() + p.length());
    }

    /** A copy of a trained parameter's part, in plain order, of a memory with the layout of {@link #values()}. */
    public float[] copyOf(Parameter p, FloatMemory memory) {
        return new BlockOrder(p, block(p)).read(memory);
    }

    /**
     * Sets one parameter from plain numbers; throws IllegalArgumentException if their number is not {@link
     * Parameter#length}.
     */
    public void set(Parameter p, float[] plain) {
        if (p.role().trained()) {
            set(p, plain, values);
        } else {
            requireLength(plain, p.length(), p.name());
            System.arraycopy(plain, 0, statistics, p.offset(), p.length());
        }
    }

    /**
     * Sets a trained parameter's part of a memory with the layout of {@link #values()} from plain numbers; throws
     * IllegalArgumentException if their number is not {@link Parameter#length}.
     */
    public void set(Parameter p, float[] plain, FloatMemory memory) {
        requireLength(plain, p.length(), p.name());
        new BlockOrder(p, block(p)).write(memory, plain);
    }

    private static void requireLength(float[] plain, int length, String what) {
        if (plain.length != length) {
            throw new IllegalArgumentException(
                    "%d numbers for %s, which need %d".formatted(plain.length, what, length));
        }
    }

    /**
     * The plain numbers of a memory with the layout of {@link #values()}: one array for each trained parameter, in the
     * order of files.
     */
    public Stream<float[]> plain(FloatMemory memory) {
        return trained().map(p -> copyOf(p, memory));
    }

    /**
     * Sets a whole memory with the layout of {@link #values()} from {@link #count} plain numbers in the order of {@link
     * #plain}; throws IllegalArgumentException if there are more or fewer.
     */
    public void fill(FloatMemory memory, float[] plain) {
        requireLength(plain, count(), "the trained parameters");
        int from = 0;
        for (Parameter p : trained().toList()) {
            set(p, Arrays.copyOfRange(plain, from, from + p.length()), memory);
            from += p.length();
        }
    }

    /** The first parameter that holds a value that is not a finite number, or null. */
    public Parameter firstNotFinite() {
        return parameters.stream().filter(p -> !isFinite(copyOf(p))).findFirst().orElse(null);
    }

    private static boolean isFinite(float[] numbers) {
        for (float number : numbers) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    /** Frees the memory; nobody may use the parameters afterwards. */
    @Override
    public synchronized void close() {
        values.close();
        if (gradients != null) {
            gradients.close();
        }
    }
}
