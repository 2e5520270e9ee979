package io.hardmine.core.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.loss.ClassLoss.CrossEntropy;
import io.hardmine.core.loss.ClassLoss.FocalLoss;
import io.hardmine.core.loss.ClassLoss.QualityFocalLoss;
import io.hardmine.core.loss.ClassLoss.VarifocalLoss;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Losses whose target is the IoU of the predicted box. */
class QualityLossTest {
    private static final int BACKGROUND = -1;

    /** σ(ln 3) = 3/4. */
    private static final float LN3 = (float) Math.log(3);

    private static final double LOG4 = 1.386294361;
    private static final double LOG43 = 0.287682072;

    private static double value(ClassLoss loss, float logit, int label, float quality) {
        return loss.evaluate(new float[] {logit}, 0, 1, label, quality, new float[1]);
    }

    private static double slope(ClassLoss loss, float logit, int label, float quality) {
        float[] gradient = new float[1];
        loss.evaluate(new float[] {logit}, 0, 1, label, quality, gradient);
        return gradient[0];
    }

    @Test
    void qualityFocalLossByHand() {
        ClassLoss loss = new QualityFocalLoss(2);
        assertTrue(loss.needsQuality());
        // p = 3/4, y = 1/2: (1/4)² · (½ log 4/3 + ½ log 4)
        double crossEntropy = (LOG43 + LOG4) / 2;
        assertEquals(crossEntropy / 16, value(loss, LN3, 0, 0.5f), 1e-7);
        // slope 2 (p − y) p (1 − p) · cross-entropy + (p − y)³
        assertEquals(2 * 0.25 * 0.1875 * crossEntropy + 1.0 / 64, slope(loss, LN3, 0, 0.5f), 1e-7);
        assertEquals(0, value(loss, LN3, 0, 0.75f), 1e-12, "the score is the IoU");
        assertEquals(0, slope(loss, LN3, 0, 0.75f), 1e-7);
        // background: p² log 1 / (1 − p)
        assertEquals(0.5625 * LOG4, value(loss, LN3, BACKGROUND, 1), 1e-7);
    }

    /** With a target of 1 it is focal loss without α: twice the one with α = 1/2. */
    @Test
    void qualityFocalLossOfAHardTargetIsFocalLoss() {
        for (double gamma : new double[] {0, 1, 2}) {
            for (float x : new float[] {-40, -3, 0, 2, 30}) {
                for (int label : new int[] {0, BACKGROUND}) {
                    double expected = 2 * value(new FocalLoss(0.5, gamma), x, label, 1);
                    assertEquals(expected, value(new QualityFocalLoss(gamma), x, label, 1), 1e-9 * expected);
                    double slope = 2 * slope(new FocalLoss(0.5, gamma), x, label, 1);
                    assertEquals(slope, slope(new QualityFocalLoss(gamma), x, label, 1), 1e-5 * Math.abs(slope));
                }
            }
        }
    }

    @Test
    void varifocalLossByHand() {
        ClassLoss loss = new VarifocalLoss(0.25, 2);
        assertTrue(loss.needsQuality());
        // p = 3/4, q = 1/2: ½ (½ log 4/3 + ½ log 4); slope q (p − q)
        assertEquals((LOG43 + LOG4) / 4, value(loss, LN3, 0, 0.5f), 1e-7);
        assertEquals(0.5 * 0.25, slope(loss, LN3, 0, 0.5f), 1e-7);
        // background: 3/4 · (3/4)² · log 4, as under focal loss with α = 1/4
        assertEquals(0.421875 * LOG4, value(loss, LN3, BACKGROUND, 1), 1e-7);
        assertEquals(0.421875 * (0.75 + 0.5 * LOG4), slope(loss, LN3, BACKGROUND, 1), 1e-7);
        assertEquals(0.421875 * LOG4, value(loss, LN3, 0, 0), 1e-7, "no overlap is background");
        assertEquals(LOG43, value(loss, LN3, 0, 1), 1e-7, "a perfect box is cross-entropy");
        assertEquals(slope(new CrossEntropy(), LN3, 0, 1), slope(loss, LN3, 0, 1), 1e-7);
    }

    @Test
    void gradientsAreFiniteDifferencesWithTheQualityHeld() {
        float h = 1f / 256;
        for (ClassLoss loss : List.of(
                new QualityFocalLoss(2),
                new QualityFocalLoss(1.5),
                new VarifocalLoss(0.25, 2),
                new VarifocalLoss(0.5, 1))) {
            for (float quality : new float[] {0, 0.3f, 0.75f, 1}) {
                float[] logits = {0.5f, -1.25f, 2};
                float[] gradients = new float[3];
                loss.evaluate(logits, 0, 3, 1, quality, gradients);
                for (int k = 0; k < 3; k++) {
                    float[] up = logits.clone();
                    float[] down = logits.clone();
                    up[k] += h;
                    down[k] -= h;
                    double above = loss.evaluate(up, 0, 3, 1, quality, new float[3]);
                    double below = loss.evaluate(down, 0, 3, 1, quality, new float[3]);
                    assertEquals((above - below) / (2 * h), gradients[k], 2e-5, loss + " by logit " + k);
                }
            }
        }
    }

    @Test
    void extremeLogitsStayFinite() {
        for (ClassLoss loss : List.of(new QualityFocalLoss(2), new QualityFocalLoss(0.5), new VarifocalLoss(0.25, 2))) {
            for (float x : new float[] {-1e30f, -800, -100, 0, 100, 800, 1e30f}) {
                for (float quality : new float[] {0, 0.5f, 1}) {
                    for (int label : new int[] {0, BACKGROUND}) {
                        assertTrue(Double.isFinite(value(loss, x, label, quality)), loss + " at " + x);
                        assertTrue(Double.isFinite(slope(loss, x, label, quality)), loss + " at " + x);
                    }
                }
            }
        }
        assertEquals(100, value(new QualityFocalLoss(2), -100, 0, 1), 1e-9);
        assertEquals(75, value(new VarifocalLoss(0.25, 2), 100, BACKGROUND, 1), 1e-9);
    }

    @Test
    void refusesWhatIsNoLoss() {
        assertThrows(IllegalArgumentException.class, () -> new QualityFocalLoss(-1));
        assertThrows(IllegalArgumentException.class, () -> new VarifocalLoss(0, 2));
        assertThrows(IllegalArgumentException.class, () -> new VarifocalLoss(0.25, Double.NaN));
    }
}
