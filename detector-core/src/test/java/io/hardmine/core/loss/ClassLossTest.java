package io.hardmine.core.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.loss.ClassLoss.BalancedCrossEntropy;
import io.hardmine.core.loss.ClassLoss.CrossEntropy;
import io.hardmine.core.loss.ClassLoss.FocalLoss;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClassLossTest {
    private static final int BACKGROUND = -1;

    /** σ(ln 3) = 3/4, so that everything can be worked out on paper. */
    private static final float LN3 = (float) Math.log(3);

    private static double value(ClassLoss loss, float logit, int label) {
        return loss.evaluate(new float[] {logit}, 0, 1, label, new float[1]);
    }

    private static double slope(ClassLoss loss, float logit, int label) {
        float[] gradient = new float[1];
        loss.evaluate(new float[] {logit}, 0, 1, label, gradient);
        return gradient[0];
    }

    @Test
    void crossEntropyByHand() {
        ClassLoss loss = new CrossEntropy();
        assertEquals(Math.log(2), value(loss, 0, 0), 1e-15);
        assertEquals(Math.log(2), value(loss, 0, BACKGROUND), 1e-15);
        assertEquals(-0.5, slope(loss, 0, 0), 0);
        assertEquals(0.5, slope(loss, 0, BACKGROUND), 0);
        // p = 3/4: −log p = log 4/3, slope p − 1; −log(1 − p) = log 4, slope p
        assertEquals(0.287682072, value(loss, LN3, 0), 1e-7);
        assertEquals(-0.25, slope(loss, LN3, 0), 1e-7);
        assertEquals(1.386294361, value(loss, LN3, BACKGROUND), 1e-7);
        assertEquals(0.75, slope(loss, LN3, BACKGROUND), 1e-7);
    }

    @Test
    void balancedCrossEntropyByHand() {
        ClassLoss loss = new BalancedCrossEntropy(0.2);
        assertEquals(0.2 * 0.287682072, value(loss, LN3, 0), 1e-7);
        assertEquals(-0.2 * 0.25, slope(loss, LN3, 0), 1e-7);
        assertEquals(0.8 * 1.386294361, value(loss, LN3, BACKGROUND), 1e-7);
        assertEquals(0.8 * 0.75, slope(loss, LN3, BACKGROUND), 1e-7);
    }

    @Test
    void focalLossByHand() {
        ClassLoss loss = FocalLoss.paper();
        // object, p_t = 3/4: 1/4 · (1/4)² · log 4/3; slope α (1 − p)² (2 p log p − (1 − p))
        assertEquals(0.015625 * 0.287682072, value(loss, LN3, 0), 1e-9);
        assertEquals(0.015625 * (1.5 * -0.287682072 - 0.25), slope(loss, LN3, 0), 1e-9);
        // background, p_t = 1/4: 3/4 · (3/4)² · log 4; slope (1 − α) p² (p − 2 (1 − p) log(1 − p))
        assertEquals(0.421875 * 1.386294361, value(loss, LN3, BACKGROUND), 1e-7);
        assertEquals(0.421875 * (0.75 + 0.5 * 1.386294361), slope(loss, LN3, BACKGROUND), 1e-7);
        // γ = 1/2 at p_t = 1/2
        ClassLoss root = new FocalLoss(0.25, 0.5);
        assertEquals(0.25 * Math.sqrt(0.5) * Math.log(2), value(root, 0, 0), 1e-12);
        assertEquals(-0.25 * Math.sqrt(0.5) * (0.25 * Math.log(2) + 0.5), slope(root, 0, 0), 1e-7);
    }

    @Test
    void classesOfAnAnchorAddUp() {
        ClassLoss loss = new CrossEntropy();
        float[] logits = {9, LN3, LN3, -LN3, 9};
        float[] gradients = {7, 7, 7, 7, 7};
        double sum = loss.evaluate(logits, 1, 3, 1, gradients);
        // log 4 for the absent class at 3/4, log 4/3 for the present one, log 4/3 for the absent one at 1/4
        assertEquals(1.386294361 + 2 * 0.287682072, sum, 1e-6);
        assertArrayEquals(new float[] {7, 0.75f, -0.25f, 0.25f, 7}, gradients, 1e-7f, "and nothing else is written");
    }

    @Test
    void confidentLogitsKeepTheirRelativePrecision() {
        // far on the right side the loss is e^z and so is its slope; 1 − σ(x) would have lost every digit
        for (float z : new float[] {-11.4f, -11.6f, -20, -40}) {
            double e = Math.exp(z);
            assertEquals(Math.log1p(e), value(new CrossEntropy(), z, BACKGROUND), 1e-10 * e);
            assertEquals(e / (1 + e), slope(new CrossEntropy(), z, BACKGROUND), 1e-6 * e);
            assertEquals(e / (1 + e), -slope(new CrossEntropy(), -z, 0), 1e-6 * e);
            assertEquals(0.75 * e * e, value(new FocalLoss(0.25, 1), z, BACKGROUND), 2e-5 * e * e);
        }
    }

    @Property
    void extremeLogitsStayFinite(@ForAll("losses") ClassLoss loss, @ForAll("extremes") float logit) {
        for (int label : new int[] {0, BACKGROUND}) {
            double value = value(loss, logit, label);
            assertTrue(Double.isFinite(value) && value >= 0, () -> "loss " + value);
            double slope = slope(loss, logit, label);
            assertTrue(Double.isFinite(slope), () -> "slope " + slope);
            assertTrue(label == 0 ? slope <= 0 : slope >= 0, "descent goes towards the label");
        }
    }

    @Test
    void aHundredOnTheWrongSideCostsAHundred() {
        assertEquals(100, value(new CrossEntropy(), 100, BACKGROUND), 1e-12);
        assertEquals(100, value(new CrossEntropy(), -100, 0), 1e-12);
        assertEquals(75, value(FocalLoss.paper(), 100, BACKGROUND), 1e-12);
        assertEquals(25, value(FocalLoss.paper(), -100, 0), 1e-12);
        assertEquals(0.75, slope(FocalLoss.paper(), 100, BACKGROUND), 1e-7);
        assertEquals(0, value(FocalLoss.paper(), 100, 0), 1e-40);
    }

    @Property
    void gradientsAreFiniteDifferences(
            @ForAll("losses") ClassLoss loss,
            @ForAll @IntRange(min = -30 * 1024, max = 30 * 1024) int logit,
            @ForAll boolean object) {
        float step = 1f / 1024; // logits are multiples of it, so that nothing is rounded
        float x = logit * step;
        int label = object ? 0 : BACKGROUND;
        double difference = (value(loss, x + step, label) - value(loss, x - step, label)) / (2 * step);
        assertEquals(difference, slope(loss, x, label), 2e-6 * (1 + Math.abs(difference)));
    }

    /** The formulas of the paper, with what makes them exact in double precision left to log1p. */
    @Property
    void valuesAreThePapersFormulas(
            @ForAll @FloatRange(min = -30, max = 30) float logit,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double alpha,
            @ForAll("gammas") double gamma,
            @ForAll boolean object) {
        double z = object ? -logit : logit;
        double minusLog = z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
        double wrong = 1 / (1 + Math.exp(-z));
        double weight = object ? alpha : 1 - alpha;
        int label = object ? 0 : BACKGROUND;
        assertEquals(
                weight * Math.pow(wrong, gamma) * minusLog,
                value(new FocalLoss(alpha, gamma), logit, label),
                1e-9 * weight * Math.pow(wrong, gamma) * minusLog);
        assertEquals(minusLog, value(new CrossEntropy(), logit, label), 1e-9 * minusLog);
    }

    @Property
    void withoutFocusFocalLossIsBalancedCrossEntropy(
            @ForAll @FloatRange(min = -100, max = 100) float logit,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double alpha,
            @ForAll boolean object) {
        int label = object ? 0 : BACKGROUND;
        ClassLoss focal = new FocalLoss(alpha, 0);
        ClassLoss balanced = new BalancedCrossEntropy(alpha);
        assertEquals(value(balanced, logit, label), value(focal, logit, label), 1e-12);
        assertEquals(slope(balanced, logit, label), slope(focal, logit, label), 1e-7);
        // and at α = 1/2 both are half of the plain one
        ClassLoss half = new BalancedCrossEntropy(0.5);
        assertEquals(value(new CrossEntropy(), logit, label) / 2, value(half, logit, label), 1e-12);
        assertEquals(slope(new CrossEntropy(), logit, label) / 2, slope(half, logit, label), 1e-7);
    }

    @Test
    void refusesWhatIsNoLoss() {
        for (double alpha : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new BalancedCrossEntropy(alpha));
            assertThrows(IllegalArgumentException.class, () -> new FocalLoss(alpha, 2));
        }
        assertThrows(IllegalArgumentException.class, () -> new FocalLoss(0.25, -1));
        assertThrows(IllegalArgumentException.class, () -> new FocalLoss(0.25, Double.NaN));
    }

    @Provide
    Arbitrary<Double> gammas() {
        return Arbitraries.of(0.0, 0.5, 1.0, 2.0, 5.0);
    }

    @Provide
    Arbitrary<ClassLoss> losses() {
        Arbitrary<Double> alphas = Arbitraries.of(0.01, 0.25, 0.5, 0.9);
        Arbitrary<ClassLoss> focal = alphas.flatMap(a -> gammas().map(g -> new FocalLoss(a, g)));
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(new CrossEntropy())),
                Tuple.of(1, alphas.map(BalancedCrossEntropy::new)),
                Tuple.of(4, focal));
    }

    @Provide
    Arbitrary<Float> extremes() {
        return Arbitraries.of(
                List.of(-1e30f, -1e4f, -800f, -104f, -100f, -88f, -0f, 0f, 88f, 100f, 104f, 800f, 1e4f, 1e30f));
    }
}
