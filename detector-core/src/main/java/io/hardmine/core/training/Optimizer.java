package io.hardmine.core.training;

import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Clipping, weight decay, the update itself and the moving average of the weights, in one pass over the flat parameters.
 * Weight decay leaves out biases and normalisation. Its arrays are all the state there is, for checkpoints.
 */
public abstract sealed class Optimizer {
    private static final int CHUNK = 1 << 15;

    private final Parameters parameters;
    private final double clipNorm;
    private final double averaging;
    private final List<Segment> segments = new ArrayList<>();
    private final double[] squares;
    private final float[] averaged;
    private final float[] averagedStatistics;

    private record Segment(int from, int to, boolean decayed) {}

    private Optimizer(Parameters parameters, double clipNorm, double averaging) {
        this.parameters = parameters;
        this.clipNorm = clipNorm;
        this.averaging = averaging;
        for (Parameter p : parameters.all()) {
            if (p.role().trained()) {
                int end = p.offset() + p.length();
                for (int from = p.offset(); from < end; from += CHUNK) {
                    segments.add(new Segment(from, Math.min(end, from + CHUNK), p.role() == Parameter.Role.WEIGHT));
                }
            }
        }
        squares = new double[segments.size()];
        averaged = parameters.values().clone();
        averagedStatistics = parameters.statistics().clone();
    }

    /**
     * One step against {@link Parameters#gradients()}.
     *
     * @param rate learning rate
     * @param step steps done before this one, from 0 on
     * @return the gradient's norm before clipping; where it is not finite nothing is changed
     */
    public final double update(double rate, long step) {
        double norm = norm();
        if (!Double.isFinite(norm)) {
            return norm;
        }
        float scale = (float) (clipNorm > 0 && norm > clipNorm ? clipNorm / norm : 1);
        // young averages follow quickly, or the random start would stay in them
        float follow = (float) (1 - Math.min(averaging, (1.0 + step) / (10.0 + step)));
        prepare(rate, step);
        segments.parallelStream().forEach(s -> {
            apply(s.from(), s.to(), s.decayed(), (float) rate, scale);
            follow(averaged, parameters.values(), s.from(), s.to(), follow);
        });
        follow(averagedStatistics, parameters.statistics(), 0, averagedStatistics.length, follow);
        return norm;
    }

    private static void follow(float[] average, float[] present, int from, int to, float share) {
        for (int i = from; i < to; i++) {
            average[i] += share * (present[i] - average[i]);
        }
    }

    private double norm() {
        float[] gradients = parameters.gradients();
        IntStream.range(0, squares.length).parallel().forEach(k -> {
            Segment s = segments.get(k);
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            int i = s.from();
            for (; i + 3 < s.to(); i += 4) {
                a += gradients[i] * gradients[i];
                b += gradients[i + 1] * gradients[i + 1];
                c += gradients[i + 2] * gradients[i + 2];
                d += gradients[i + 3] * gradients[i + 3];
            }
            for (; i < s.to(); i++) {
                a += gradients[i] * gradients[i];
            }
            squares[k] = (double) a + b + c + d;
        });
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        return Math.sqrt(sum);
    }

    /** Exponential moving average of {@link Parameters#values()}: what is evaluated and shipped. */
    public final float[] averaged() {
        return averaged;
    }

    /** The same of {@link Parameters#statistics()}. */
    public final float[] averagedStatistics() {
        return averagedStatistics;
    }

    /** The arrays that, besides the averages, make up its state; as long as the values. */
    public abstract List<float[]> state();

    /** Called before each step's {@link #apply}. */
    abstract void prepare(double rate, long step);

    /** Updates values [from, to) with gradients times {@code scale}. */
    abstract void apply(int from, int to, boolean decayed, float rate, float scale);

    /** Stochastic gradient descent with momentum, {@code v = μ·v + g, w −= rate · v}, or Nesterov's form of it. */
    public static final class Sgd extends Optimizer {
        private final float[] values;
        private final float[] gradients;
        private final float[] velocity;
        private final float momentum;
        private final boolean nesterov;
        private final float decay;

        /**
         * SGD.
         *
         * @param nesterov whether the step is {@code g + μ·v} with the new v (Sutskever et al. 2013, as PyTorch has it)
         * @param decay weight decay, added to the gradient
         * @param clipNorm bound on the gradient's norm; 0 for none
         * @param averaging decay of the moving average of the weights
         */
        public Sgd(
                Parameters parameters,
                double momentum,
                boolean nesterov,
                double decay,
                double clipNorm,
                double averaging) {
            super(parameters, clipNorm, averaging);
            values = parameters.values();
            gradients = parameters.gradients();
            velocity = new float[values.length];
            this.momentum = (float) momentum;
            this.nesterov = nesterov;
            this.decay = (float) decay;
        }

        @Override
        public List<float[]> state() {
            return List.of(velocity);
        }

        @Override
        void prepare(double rate, long step) {
            // nothing changes from step to step
        }

        @Override
        void apply(int from, int to, boolean decayed, float rate, float scale) {
            float pull = decayed ? decay : 0;
            if (nesterov) {
                for (int i = from; i < to; i++) {
                    float g = scale * gradients[i] + pull * values[i];
                    velocity[i] = momentum * velocity[i] + g;
                    values[i] -= rate * (g + momentum * velocity[i]);
                }
            } else {
                for (int i = from; i < to; i++) {
                    velocity[i] = momentum * velocity[i] + (scale * gradients[i] + pull * values[i]);
                    values[i] -= rate * velocity[i];
                }
            }
        }
    }

    /** Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2). */
    public static final class AdamW extends Optimizer {
        private static final float EPSILON = 1e-8f;

        private final float[] values;
        private final float[] gradients;
        private final float[] mean;
        private final float[] square;
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
         * @param decay weight decay, times the learning rate
         * @param clipNorm bound on the gradient's norm; 0 for none
         * @param averaging decay of the moving average of the weights
         */
        public AdamW(
                Parameters parameters, double beta1, double beta2, double decay, double clipNorm, double averaging) {
            super(parameters, clipNorm, averaging);
            values = parameters.values();
            gradients = parameters.gradients();
            mean = new float[values.length];
            square = new float[values.length];
            this.beta1 = (float) beta1;
            this.beta2 = (float) beta2;
            this.decay = (float) decay;
        }

        @Override
        public List<float[]> state() {
            return List.of(mean, square);
        }

        @Override
        void prepare(double rate, long step) {
            meanScale = (float) (1 / (1 - Math.pow(beta1, step + 1.0)));
            squareScale = (float) (1 / (1 - Math.pow(beta2, step + 1.0)));
        }

        @Override
        void apply(int from, int to, boolean decayed, float rate, float scale) {
            float keep = 1 - (decayed ? rate * decay : 0);
            for (int i = from; i < to; i++) {
                float g = scale * gradients[i];
                mean[i] = beta1 * mean[i] + (1 - beta1) * g;
                square[i] = beta2 * square[i] + (1 - beta2) * g * g;
                float direction = mean[i] * meanScale / ((float) Math.sqrt(square[i] * squareScale) + EPSILON);
                values[i] = keep * values[i] - rate * direction;
            }
        }
    }
}
