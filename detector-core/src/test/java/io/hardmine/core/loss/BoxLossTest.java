package io.hardmine.core.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.anchor.BoxCoder;
import io.hardmine.core.loss.BoxLoss.GeneralizedIou;
import io.hardmine.core.loss.BoxLoss.SmoothL1;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BoxLossTest {
    private static final float[] ANCHOR = {10, 10, 10, 10};
    private static final float LN2 = (float) Math.log(2);

    @Test
    void smoothL1ByHand() {
        float[] predicted = {9, 0.55f, -0.2f, 0.3f, 1};
        float[] target = {9, 0.5f, 0, 0, 1};
        float[] gradients = {7, 7, 7, 7, 7};
        double loss = new SmoothL1(0.1).evaluate(ANCHOR, 0, predicted, target, 1, gradients);
        // 0.05² / 0.2, 0.2 − 0.05, 0.3 − 0.05, 0
        assertEquals(0.0125 + 0.15 + 0.25, loss, 1e-6);
        assertArrayEquals(new float[] {7, 0.5f, -1, 1, 0}, gradients, 1e-5f);
    }

    @Test
    void smoothL1IsContinuousWhereItBecomesLinear() {
        SmoothL1 loss = new SmoothL1(0.5);
        float[] inside = {Math.nextDown(0.5f), 0, 0, 0};
        float[] outside = {Math.nextUp(0.5f), 0, 0, 0};
        float[] at = new float[4];
        float[] beyond = new float[4];
        double difference = loss.evaluate(ANCHOR, 0, outside, new float[4], 0, beyond)
                - loss.evaluate(ANCHOR, 0, inside, new float[4], 0, at);
        assertEquals(0, difference, 1e-6);
        assertEquals(1, at[0], 1e-6);
        assertEquals(1, beyond[0], 0);
        assertThrows(IllegalArgumentException.class, () -> new SmoothL1(0));
        assertThrows(IllegalArgumentException.class, () -> new SmoothL1(Double.NaN));
    }

    private static double giou(float... target) {
        return new GeneralizedIou().evaluate(ANCHOR, 0, new float[4], target, 0, new float[4]);
    }

    @Test
    void generalisedIouByHand() {
        assertEquals(0, giou(0, 0, 0, 0), 1e-12, "the same box");
        // (5, 5, 15, 15) and (10, 5, 20, 15): shared 50, union 150, hull 150
        assertEquals(1 - 1.0 / 3, giou(0.5f, 0, 0, 0), 1e-12, "half shared");
        // (5, 5, 15, 15) and (10, 10, 20, 20): shared 25, union 175, hull 225
        assertEquals(1 - (25.0 / 175 - 50.0 / 225), giou(0.5f, 0.5f, 0, 0), 1e-12, "a corner shared");
        // (25, 5, 35, 15): union 200, hull 300
        assertEquals(1 + 1.0 / 3, giou(2, 0, 0, 0), 1e-12, "disjoint");
        // (105, 105, 115, 115): union 200, hull 110²
        assertEquals(2 - 200.0 / 12100, giou(10, 10, 0, 0), 1e-12, "far away");
        assertEquals(1, giou(1, 0, 0, 0), 1e-12, "touching");
        // (0, 0, 20, 20): shared 100, union 400, hull 400
        assertEquals(0.75, giou(0, 0, LN2, LN2), 1e-6, "inside");
        // (7.5, 7.5, 12.5, 12.5): shared 25, union 100
        assertEquals(0.75, giou(0, 0, -LN2, -LN2), 1e-6, "around");
    }

    @Test
    void disjointBoxesAreDrawnTogether() {
        float[] gradients = new float[4];
        new GeneralizedIou().evaluate(ANCHOR, 0, new float[4], new float[] {2, 0, 0, 0}, 0, gradients);
        // loss 2 − union / hull = 2 − 200 / (10 (35 − left)): moving right by 1 pixel changes hull by −10 pixels
        // d/dx = −200 / 300² · 10 per pixel, ten pixels an offset
        assertEquals(-200.0 / (300 * 300) * 10 * 10, gradients[0], 1e-7);
        assertEquals(0, gradients[1], 1e-7);
    }

    @Property(tries = 300)
    void generalisedIouGradientsAreFiniteDifferences(@ForAll long seed) {
        Random random = new Random(seed);
        float[] anchors = new float[12];
        for (int i = 0; i < anchors.length; i++) {
            // not smaller: between secants over a step, the slope of a box of less than a pixel is no longer monotone
            anchors[i] = 16 + 48 * random.nextFloat();
        }
        float[] predicted = new float[8];
        float[] target = new float[8];
        for (int i = 4; i < 8; i++) {
            predicted[i] = multiple((float) random.nextGaussian());
            target[i] = multiple((float) random.nextGaussian());
        }
        compare(new GeneralizedIou(), anchors, predicted, target);
    }

    @Property(tries = 300)
    void smoothL1GradientsAreFiniteDifferences(@ForAll long seed) {
        Random random = new Random(seed);
        float[] predicted = new float[8];
        float[] target = new float[8];
        for (int i = 4; i < 8; i++) {
            predicted[i] = multiple((float) random.nextGaussian() / 4);
            target[i] = multiple((float) random.nextGaussian() / 4);
        }
        compare(new SmoothL1(0.3), new float[12], predicted, target);
    }

    private static final float STEP = 1f / 4096;

    /** Offsets are multiples of the step, so that nothing is rounded. */
    private static float multiple(float x) {
        return Math.round(x / STEP) * STEP;
    }

    private static void compare(BoxLoss loss, float[] anchors, float[] predicted, float[] target) {
        float[] gradients = new float[8];
        double center = loss.evaluate(anchors, 2, predicted, target, 4, gradients);
        for (int i = 4; i < 8; i++) {
            double[] around = new double[5]; // the loss from two steps before to two steps behind
            float x = predicted[i];
            for (int k = 0; k < around.length; k++) {
                predicted[i] = x + (k - 2) * STEP;
                around[k] = loss.evaluate(anchors, 2, predicted, target, 4, new float[8]);
            }
            predicted[i] = x;
            assertEquals(center, around[2], 0);
            double forwards = (around[3] - center) / STEP;
            double backwards = (center - around[1]) / STEP;
            // where an edge passes one of the target's the slope jumps: any slope between both sides will do, and each
            // side's is that of a secant or, where it curves, of the parabola through three points
            double ahead = (-3 * center + 4 * around[3] - around[4]) / (2 * STEP);
            double behind = (3 * center - 4 * around[1] + around[0]) / (2 * STEP);
            double low = Math.min(Math.min(forwards, backwards), Math.min(ahead, behind)) - 1e-4;
            double high = Math.max(Math.max(forwards, backwards), Math.max(ahead, behind)) + 1e-4;
            double slope = gradients[i];
            int index = i - 4;
            assertTrue(slope >= low && slope <= high, () -> index + ": " + slope + " not in " + low + " to " + high);
        }
        for (int i = 0; i < 4; i++) {
            assertEquals(0, gradients[i], 0, "other anchors' gradients stay");
        }
    }

    @Test
    void sidesBeyondTheBoundGetNoGradient() {
        float[] gradients = new float[4];
        float beyond = (float) BoxCoder.LARGEST_LOG + 1;
        double loss =
                new GeneralizedIou().evaluate(ANCHOR, 0, new float[] {0, 0, beyond, 100}, new float[4], 0, gradients);
        assertEquals(2 - 100 / (625.0 * 625) - 1, loss, 1e-9);
        assertEquals(0, gradients[2], 0);
        assertEquals(0, gradients[3], 0);
    }

    @Property(tries = 200)
    void extremeOffsetsStayFinite(@ForAll long seed) {
        Random random = new Random(seed);
        float[] predicted = new float[4];
        float[] gradients = new float[4];
        for (int i = 0; i < 4; i++) {
            predicted[i] = (float) (Math.pow(10, 6 * random.nextDouble()) * (random.nextBoolean() ? 1 : -1));
        }
        for (BoxLoss loss : new BoxLoss[] {new GeneralizedIou(), new SmoothL1(0.1)}) {
            double value = loss.evaluate(ANCHOR, 0, predicted, new float[4], 0, gradients);
            assertTrue(Double.isFinite(value) && value >= 0, () -> loss + ": " + value);
            for (float g : gradients) {
                assertTrue(Float.isFinite(g), () -> loss + " has gradient " + g);
            }
        }
    }
}
