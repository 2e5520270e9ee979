package io.hardmine.core.kernel;

import java.util.List;

/**
 * One tensor of a network: a slice of the flat memory of {@link Parameters}, or of their flat array of statistics.
 *
 * @param name unique, dotted from the outside in, such as {@code backbone.stage1.block0.conv1.weight}
 * @param role what it is for
 * @param initialization its values before training
 * @param offset index of its first element in that memory or array
 * @param shape sizes; convolution weights are [kernel height, kernel width, channels in, channels out]
 */
public record Parameter(String name, Role role, Initialization initialization, int offset, List<Integer> shape) {
    /** What a parameter is for: weight decay and storage depend on it. */
    public enum Role {
        /** Convolution weights: trained, decayed. */
        WEIGHT,
        /** Convolution bias: trained, not decayed. */
        BIAS,
        /** Scale of a normalization: trained, not decayed. */
        SCALE,
        /** Shift of a normalization: trained, not decayed. */
        SHIFT,
        /** Running mean or variance of a normalization: not trained; lies in {@link Parameters#statistics()}. */
        STATISTIC;

        /** Whether gradients change it. */
        public boolean trained() {
            return this != STATISTIC;
        }
    }

    /**
     * Values before training: normal around {@code mean}.
     *
     * @param mean center
     * @param deviation standard deviation; NaN, as in {@link #HE}, stands for √(2 / fan-in)
     */
    public record Initialization(double mean, double deviation) {
        private static final double FROM_FAN_IN = Double.NaN;

        /** Normal with variance 2 / fan-in (He et al. 2015, eq. 10). */
        public static final Initialization HE = new Initialization(0, FROM_FAN_IN);

        /** Normal around 0. */
        public static Initialization normal(double deviation) {
            return new Initialization(0, deviation);
        }

        /** The same value everywhere. */
        public static Initialization constant(double value) {
            return new Initialization(value, 0);
        }
    }

    /** Copies the shape. */
    public Parameter {
        shape = List.copyOf(shape);
    }

    /** Standard deviation of its values before training. */
    public double initialDeviation() {
        boolean fromFanIn = Double.isNaN(initialization.deviation());
        return fromFanIn ? Math.sqrt(2.0 * size(shape.size() - 1) / length()) : initialization.deviation();
    }

    /** How many numbers it has. */
    public int length() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    /** Size along an axis. */
    public int size(int axis) {
        return shape.get(axis);
    }
}
