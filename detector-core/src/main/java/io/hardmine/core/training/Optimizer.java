package io.hardmine.core.training;

import io.hardmine.core.kernel.FloatMemory;
import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Updates a network's parameters from their gradients. After a pass that computes the gradient's norm, a single pass
 * over the flat parameters does clipping, weight decay and the update, and updates their {@link WeightAverage}. Biases
 * and normalization have no weight decay. {@link #state()} and the average are the complete state for a checkpoint.
 */
public abstract sealed class Optimizer implements AutoCloseable {
    private static final int CHUNK = 1 << 15;

    private final Parameters parameters;
    private final double clipNorm;
    private final List<Segment> segments = new ArrayList<>();
    private final double[] squares;
    private final List<FloatMemory> state;
    private final WeightAverage average;

    private record Segment(int from, int to, boolean decayed) {}

    private Optimizer(Parameters parameters, int states, double clipNorm, double averaging, double ramp) {
        this.parameters = parameters;
        this.clipNorm = clipNorm;
        parameters.trained().forEach(p -> {
            int end = p.offset() + p.length();
            for (int from = p.offset(); from < end; from += CHUNK) {
                segments.add(new Segment(from, Math.min(end, from + CHUNK), p.role() == Parameter.Role.WEIGHT));
            }
        });
        squares = new double[segments.size()];
        state = Stream.generate(() -> new FloatMemory(parameters.values().length()))
                .limit(states)
                .toList();
        average = new WeightAverage(parameters, averaging, ramp);
    }

    /**
     * Heap copies of a short range of all memories. Java vectorizes loops over arrays only, and only if all of them
     * have the same index. The range is short enough for the copies to stay in the fastest cache.
     */
    static final class Stretch {
        private static final int LENGTH = 256;

        final float[] values = new float[LENGTH];
        final float[] gradients = new float[LENGTH];
        final List<float[]> state;
        private final float[] averaged = new float[LENGTH];

        private Stretch(int states) {
            state = Stream.generate(() -> new float[LENGTH]).limit(states).toList();
        }
    }

    /**
     * One step against {@link Parameters#gradients()}.
     *
     * @param rate learning rate
     * @param step steps done before this one, from 0 on
     * @return the gradient's norm before clipping; if it is not finite, nothing is changed
     */
    public final double update(double rate, long step) {
        double norm = norm();
        if (!Double.isFinite(norm)) {
            return norm;
        }
        float scale = (float) (clips(norm) ? clipNorm / norm : 1);
        float follow = average.share(step);
        prepare(rate, step);
        segments.parallelStream().forEach(s -> update(s, (float) rate, scale, follow));
        average.followStatistics(follow);
        return norm;
    }

    /** Whether a gradient of this norm is scaled down to the bound. */
    final boolean clips(double norm) {
        return clipNorm > 0 && norm > clipNorm;
    }

    private void update(Segment segment, float rate, float scale, float follow) {
        Stretch stretch = new Stretch(state.size());
        FloatMemory gradients = parameters.gradients();
        for (int from = segment.from(); from < segment.to(); from += Stretch.LENGTH) {
            int count = Math.min(Stretch.LENGTH, segment.to() - from);
            parameters.values().read(from, stretch.values, 0, count);
            gradients.read(from, stretch.gradients, 0, count);
            for (int i = 0; i < state.size(); i++) {
                state.get(i).read(from, stretch.state.get(i), 0, count);
            }
            apply(stretch, count, segment.decayed(), rate, scale);
            parameters.values().write(from, stretch.values, 0, count);
            for (int i = 0; i < state.size(); i++) {
                state.get(i).write(from, stretch.state.get(i), 0, count);
            }
            average.follow(stretch.values, stretch.averaged, from, count, follow);
        }
    }

    private double norm() {
        FloatMemory gradients = parameters.gradients();
        IntStream.range(0, squares.length).parallel().forEach(k -> {
            Segment s = segments.get(k);
            float[] stretch = new float[Stretch.LENGTH];
            float[] sums = new float[Stretch.LENGTH]; // Java does not vectorize a sum into a single variable
            for (int from = s.from(); from < s.to(); from += Stretch.LENGTH) {
                int count = Math.min(Stretch.LENGTH, s.to() - from);
                gradients.read(from, stretch, 0, count);
                addSquares(stretch, count, sums);
            }
            double sum = 0;
            for (float part : sums) {
                sum += part;
            }
            squares[k] = sum;
        });
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        return Math.sqrt(sum);
    }

    private static void addSquares(float[] numbers, int count, float[] sums) {
        for (int i = 0; i < count; i++) {
            sums[i] += numbers[i] * numbers[i];
        }
    }

    /** The moving average of the weights. Each update brings it up to date. */
    public final WeightAverage average() {
        return average;
    }

    /** The optimizer's state besides the average: memories with the layout of the parameters' values. */
    public final List<FloatMemory> state() {
        return state;
    }

    @Override
    public final void close() {
        average.close();
        state.forEach(FloatMemory::close);
    }

    /** Called once in each step, before {@link #apply}. */
    abstract void prepare(double rate, long step);

    /** Updates the first {@code count} values of a stretch with its gradients times {@code scale}. */
    abstract void apply(Stretch stretch, int count, boolean decayed, float rate, float scale);

    /** Stochastic gradient descent with momentum, {@code v = μ·v + g, w −= rate · v}, or Nesterov's form of it. */
    public static final class Sgd extends Optimizer {
        private final float momentum;
        private final boolean nesterov;
        private final float decay;

        /**
         * SGD.
         *
         * @param nesterov whether the step is {@code g + μ·v} with the new v (Sutskever et al. 2013, in PyTorch's form)
         * @param decay weight decay, added to the gradient
         * @param clipNorm bound on the gradient's norm; 0 for none
         * @param averaging decay of the moving average of the weights
         * @param ramp steps over which that decay rises ({@link WeightAverage})
         */
        public Sgd(
                Parameters parameters,
                double momentum,
                boolean nesterov,
                double decay,
                double clipNorm,
                double averaging,
                double ramp) {
            super(parameters, 1, clipNorm, averaging, ramp);
            this.momentum = (float) momentum;
            this.nesterov = nesterov;
            this.decay = (float) decay;
        }

        @Override
        void prepare(double rate, long step) {
            // nothing changes from step to step
        }

        @Override
        void apply(Stretch stretch, int count, boolean decayed, float rate, float scale) {
            float[] values = stretch.values;
            float[] gradients = stretch.gradients;
            float[] velocity = stretch.state.get(0);
            float pull = decayed ? decay : 0;
            if (nesterov) {
                for (int i = 0; i < count; i++) {
                    float g = scale * gradients[i] + pull * values[i];
                    velocity[i] = momentum * velocity[i] + g;
                    values[i] -= rate * (g + momentum * velocity[i]);
                }
            } else {
                for (int i = 0; i < count; i++) {
                    velocity[i] = momentum * velocity[i] + (scale * gradients[i] + pull * values[i]);
                    values[i] -= rate * velocity[i];
                }
            }
        }
    }

    /** Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2). */
    public static final class AdamW extends Optimizer {
        private static final float EPSILON = 1e-8f;

        private final float beta1;
        private final float beta2;
        private final float decay;
        private float meanScale;
        private float squareScale;

        /**
         * AdamW.
         *
         * @param beta1 decay of the gradient's average
         * @param beta2 decay of the squared gradient's average
         * @param decay weight decay; a step multiplies it by the learning rate
         * @param clipNorm bound on the gradient's norm; 0 for none
         * @param averaging decay of the moving average of the weights
         * @param ramp steps over which that decay rises ({@link WeightAverage})
         */
        public AdamW(
                Parameters parameters,
                double beta1,
                double beta2,
                double decay,
                double clipNorm,
                double averaging,
                double ramp) {
            super(parameters, 2, clipNorm, averaging, ramp);
            this.beta1 = (float) beta1;
            this.beta2 = (float) beta2;
            this.decay = (float) decay;
        }

        @Override
        void prepare(double rate, long step) {
            meanScale = (float) (1 / (1 - Math.pow(beta1, step + 1.0)));
            squareScale = (float) (1 / (1 - Math.pow(beta2, step + 1.0)));
        }

        @Override
        void apply(Stretch stretch, int count, boolean decayed, float rate, float scale) {
            float[] values = stretch.values;
            float[] gradients = stretch.gradients;
            float[] mean = stretch.state.get(0);
            float[] square = stretch.state.get(1);
            float keep = 1 - (decayed ? rate * decay : 0);
            for (int i = 0; i < count; i++) {
                float g = scale * gradients[i];
                mean[i] = beta1 * mean[i] + (1 - beta1) * g;
                square[i] = beta2 * square[i] + (1 - beta2) * g * g;
                float direction = mean[i] * meanScale / ((float) Math.sqrt(square[i] * squareScale) + EPSILON);
                values[i] = keep * values[i] - rate * direction;
            }
        }
    }
}
