package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.kernel.Parameter;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.training.TrainingSettings.OptimizerKind;
import io.hardmine.core.training.TrainingSettings.OptimizerSettings;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

/** The updates against ND4J's and against the papers' formulas, written out for one number. */
class OptimizerTest {
    private static final double RATE = 0.05;

    private static Parameters parameters() {
        Parameters.Builder builder = new Parameters.Builder();
        // more numbers than one thread takes at a time, and no multiple of what it copies at a time
        builder.add("c.weight", Parameter.Role.WEIGHT, Parameter.Initialization.HE, 3, 3, 65, 67);
        builder.add("c.bias", Parameter.Role.BIAS, Parameter.Initialization.normal(1), 5);
        builder.add("n.scale", Parameter.Role.SCALE, Parameter.Initialization.normal(1), 5);
        Parameters parameters = builder.build(16);
        parameters.initialize(4);
        return parameters;
    }

    private static void randomGradients(Parameters parameters, Random random, double size) {
        gradients(parameters, () -> size * random.nextGaussian());
    }

    private static void gradients(Parameters parameters, DoubleSupplier gradient) {
        parameters.trained().forEach(p -> {
            for (int i = p.offset(); i < p.offset() + p.length(); i++) {
                parameters.gradients().set(i, (float) gradient.getAsDouble());
            }
        });
    }

    @Test
    void adamIsNd4js() {
        Parameters parameters = parameters();
        Optimizer ours = new Optimizer.AdamW(parameters, 0.9, 0.999, 0, 0, 0.9, 0);
        INDArray values = Nd4j.createFromArray(parameters.values().toArray());
        INDArray state = Nd4j.zeros(DataType.FLOAT, 1, 2L * values.length());
        GradientUpdater<?> theirs = new AdamUpdater(new Adam(RATE, 0.9, 0.999, 1e-8));
        theirs.setStateViewArray(state, new long[] {1, values.length()}, 'c', true);
        Random random = new Random(2);
        for (int step = 0; step < 20; step++) {
            // not small, since ε stands elsewhere in ND4J's formula
            gradients(parameters, () -> Math.copySign(0.5 + random.nextDouble(), random.nextDouble() - 0.5));
            INDArray update =
                    Nd4j.createFromArray(parameters.gradients().toArray()).reshape(1, values.length());
            theirs.applyUpdater(update, step, 0);
            values.subi(update.reshape(values.length()));
            ours.update(RATE, step);
        }
        assertArrayEquals(values.toFloatVector(), parameters.values().toArray(), 2e-5f);
    }

    @Test
    void momentumWrittenOut() {
        for (boolean nesterov : new boolean[] {false, true}) {
            Parameters parameters = parameters();
            Optimizer optimizer = new Optimizer.Sgd(parameters, 0.9, nesterov, 0.1, 0, 0, 0);
            int weight = parameters.get("c.weight").offset() + 3;
            int bias = parameters.get("c.bias").offset() + 2;
            double[] w = {parameters.values().get(weight), parameters.values().get(bias)};
            double[] v = new double[2];
            Random random = new Random(3);
            for (int step = 0; step < 10; step++) {
                randomGradients(parameters, random, 1);
                for (int k = 0; k < 2; k++) {
                    double decay = k == 0 ? 0.1 * w[k] : 0; // biases do not decay
                    double g = parameters.gradients().get(k == 0 ? weight : bias) + decay;
                    v[k] = 0.9 * v[k] + g;
                    w[k] -= RATE * (nesterov ? g + 0.9 * v[k] : v[k]);
                }
                optimizer.update(RATE, step);
            }
            assertEquals(w[0], parameters.values().get(weight), 1e-5);
            assertEquals(w[1], parameters.values().get(bias), 1e-5);
        }
    }

    @Test
    void decoupledDecayShrinksWeightsOnly() {
        Parameters parameters = parameters();
        float[] before = parameters.values().toArray();
        new Optimizer.AdamW(parameters, 0.9, 0.999, 0.2, 0, 0, 0).update(RATE, 0);
        Parameter weight = parameters.get("c.weight");
        for (int i = 0; i < before.length; i++) {
            boolean decays = i >= weight.offset() && i < weight.offset() + weight.length();
            assertEquals(
                    before[i] * (decays ? 1 - RATE * 0.2 : 1),
                    parameters.values().get(i),
                    1e-6);
        }
    }

    @Test
    void gradientsLongerThanTheBoundAreScaledToIt() {
        Parameters clipped = parameters();
        Parameters plain = parameters();
        randomGradients(clipped, new Random(5), 3);
        double norm = 0;
        for (float g : clipped.gradients().toArray()) {
            norm += (double) g * g;
        }
        norm = Math.sqrt(norm);
        for (int i = 0; i < plain.gradients().length(); i++) {
            plain.gradients().set(i, (float) (clipped.gradients().get(i) * 2 / norm));
        }
        double told = new Optimizer.Sgd(clipped, 0.9, false, 0, 2, 0, 0).update(RATE, 0);
        new Optimizer.Sgd(plain, 0.9, false, 0, 0, 0, 0).update(RATE, 0);
        assertEquals(norm, told, 1e-3);
        assertArrayEquals(plain.values().toArray(), clipped.values().toArray(), 1e-6f);
    }

    @Test
    void whatIsNotFiniteChangesNothing() {
        Parameters parameters = parameters();
        float[] before = parameters.values().toArray();
        parameters.gradients().set(7, Float.NaN);
        assertEquals(Double.NaN, new Optimizer.Sgd(parameters, 0.9, false, 0, 1, 0.9, 0).update(RATE, 0));
        assertArrayEquals(before, parameters.values().toArray());
    }

    @Test
    void averageFollowsQuicklyAtFirstThenSlowly() {
        Parameters parameters = parameters();
        Optimizer optimizer = new Optimizer.Sgd(parameters, 0, false, 0, 0, 0.5, 0);
        double average = parameters.values().get(0);
        for (int step = 0; step < 12; step++) {
            for (int i = 0; i < parameters.gradients().length(); i++) {
                parameters.gradients().set(i, 1);
            }
            optimizer.update(RATE, step);
            double keep = Math.min(0.5, (1.0 + step) / (10.0 + step));
            average = keep * average + (1 - keep) * parameters.values().get(0);
            assertEquals(average, optimizer.average().values().get(0), 1e-5);
        }
    }

    @Test
    void theDecayOfTheAverageRisesOverItsRamp() {
        Parameters parameters = parameters();
        try (WeightAverage average = new WeightAverage(parameters, 0.998, 100)) {
            assertEquals(1 - 0.998 * (1 - Math.exp(-0.01)), average.share(0), 1e-7);
            assertEquals(1 - 0.998 * (1 - Math.exp(-1)), average.share(99), 1e-7);
            assertEquals(0.002, average.share(5000), 1e-7);
        }
    }

    @Test
    void onlyAGradientOverTheBoundIsClipped() {
        Parameters parameters = parameters();
        try (Optimizer bounded = new Optimizer.Sgd(parameters, 0.9, false, 0, 2, 0, 0);
                Optimizer free = new Optimizer.Sgd(parameters, 0.9, false, 0, 0, 0, 0)) {
            assertTrue(bounded.clips(2.001));
            assertFalse(bounded.clips(2));
            assertFalse(free.clips(1e9), "0 is no bound");
        }
    }

    @Test
    void ratesAndDecaysByRuleFollowTheOptimizerAndTheClasses() {
        OptimizerSettings byRule =
                OptimizerSettings.defaults().withLearningRate(null).withWeightDecay(null);
        OptimizerSettings sgd = byRule.resolved(3);
        assertEquals(0.01, sgd.learningRate());
        assertEquals(1e-4, sgd.weightDecay());
        OptimizerSettings adamW = byRule.withKind(OptimizerKind.ADAMW);
        assertEquals(0.008, adamW.resolved(1).learningRate());
        assertEquals(0.005714, adamW.resolved(3).learningRate());
        assertEquals(0.004, adamW.resolved(6).learningRate());
        assertEquals(0.000476, adamW.resolved(80).learningRate());
        assertEquals(0.05, adamW.resolved(3).weightDecay());
        OptimizerSettings given = adamW.withLearningRate(0.02).withWeightDecay(0.0);
        assertEquals(given, given.resolved(3), "a number that is given stays");
    }

    @Test
    void schedulesAtWorkedPoints() {
        Schedule cosine = new Schedule(Schedule.Decay.COSINE, 0.1, 10, 110);
        assertEquals(0.1 * 1e-3, cosine.at(0), 1e-12);
        assertEquals(0.1 * (1e-3 + 0.999 * 0.5), cosine.at(5), 1e-12);
        assertEquals(0.1, cosine.at(10), 1e-12);
        assertEquals(0.05, cosine.at(60), 1e-12);
        assertEquals(0, cosine.at(110), 1e-12);
        Schedule step = new Schedule(Schedule.Decay.STEP, 1, 0, 90);
        assertEquals(1, step.at(59), 1e-12);
        assertEquals(0.1, step.at(60), 1e-12);
        assertEquals(0.1, step.at(79), 1e-12);
        assertEquals(0.01, step.at(80), 1e-12);
        assertEquals(0.3, new Schedule(Schedule.Decay.CONSTANT, 0.3, 0, 10).at(9), 1e-12);
    }
}
