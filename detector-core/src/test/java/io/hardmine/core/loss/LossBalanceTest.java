package io.hardmine.core.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hardmine.core.loss.ClassLoss.BalancedCrossEntropy;
import io.hardmine.core.loss.ClassLoss.CrossEntropy;
import io.hardmine.core.loss.ClassLoss.FocalLoss;
import io.hardmine.core.loss.ClassLoss.QualityFocalLoss;
import io.hardmine.core.loss.ClassLoss.VarifocalLoss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossBalanceTest {
    private static LossBalance of(ClassLoss loss) {
        return new LossBalance(loss, 1);
    }

    /** Densities of COCO, of small defects on boards, and of crowded small pictures. */
    @ParameterizedTest
    @CsvSource({
        "1e-5,   0.25, 2,   0.0106",
        "4.8e-4, 0.25, 2,   0.039",
        "2.9e-3, 0.25, 2,   0.072",
        "1e-5,   0.25, 1.5, 0.0045",
        "4.8e-4, 0.25, 1.5, 0.022",
        "2.9e-3, 0.25, 1.5, 0.045",
        "1e-5,   0.5,  1,   0.0022",
        "4.8e-4, 0.5,  1,   0.016",
        "2.9e-3, 0.5,  1,   0.039",
        "1e-5,   0.5,  0.5, 0.0004",
        "4.8e-4, 0.5,  0.5, 0.005",
        "2.9e-3, 0.5,  0.5, 0.016",
    })
    void focalLossRestsWhereItsPullsBalance(double share, double alpha, double gamma, double score) {
        double unit = score < 0.01 ? 1e-4 : 1e-3; // one in the last digit
        assertEquals(score, of(new FocalLoss(alpha, gamma)).restingScore(share), score == 0.005 ? 5e-4 : unit);
    }

    @Test
    void crossEntropyRestsAtTheShareOfObjects() {
        for (double share : new double[] {1e-5, 4.8e-4, 2.9e-3, 0.3}) {
            assertEquals(share, of(new CrossEntropy()).restingScore(share), 1e-6 * share);
        }
    }

    /** α r (1 − p) = (1 − α) (1 − r) p. */
    @Test
    void balancedCrossEntropyRestsAtTheWeightedShare() {
        assertEquals(0.003 / 1.002, of(new BalancedCrossEntropy(0.75)).restingScore(0.001), 1e-9);
    }

    @Test
    void theWeightGivesAnObjectThePullOfCrossEntropy() {
        assertEquals(1, of(new CrossEntropy()).classWeight(0.01), 1e-6);
        assertEquals(4, of(new BalancedCrossEntropy(0.25)).classWeight(0.2), 1e-6);
        // slope of focal loss: α (1 − p)² (2 p log(1 / p) + 1 − p) = 0.25 · 0.9801 · (0.02 · 4.605170 + 0.99)
        assertEquals(0.99 / (0.245025 * 1.0821034), of(FocalLoss.paper()).classWeight(0.01), 1e-5);
        assertEquals(0.5 / (0.0625 * (Math.log(2) + 0.5)), of(FocalLoss.paper()).classWeight(0.5), 1e-5);
    }

    /** Cross-entropy with a target of 0.6: the mean target is the share times it. */
    @Test
    void aSoftTargetMovesTheBalance() {
        assertEquals(0.6 * 0.001, new LossBalance(new CrossEntropy(), 0.6).restingScore(0.001), 1e-8);
    }

    /** Slopes for a target of 0.8 at a score of 0.1, where quality focal loss is 0.7² · (−0.8 log 0.1 − 0.2 log 0.9). */
    @Test
    void theWeightOfALossWithSoftTargetsIsThatOfALearnedBox() {
        double crossEntropy = -0.8 * Math.log(0.1) - 0.2 * Math.log(0.9);
        double pull = 2 * 0.7 * 0.1 * 0.9 * crossEntropy + 0.7 * 0.7 * 0.7;
        for (double quality : new double[] {0.1, 0.5, 1}) {
            assertEquals(0.9 / pull, new LossBalance(new QualityFocalLoss(2), quality).classWeight(0.1), 1e-6);
            assertEquals(
                    0.9 / (0.8 * 0.7), new LossBalance(new VarifocalLoss(0.25, 2), quality).classWeight(0.1), 1e-6);
        }
    }

    /** Varifocal loss pulls by 0.8 · (0.8 − score): 0.25 / 0.04 at 0.75, but 0.21 / 0.008 would be 26. */
    @Test
    void theWeightIsBoundedIfTheScoreStartsNearItsTargetOrAboveIt() {
        assertEquals(0.25 / 0.04, of(new VarifocalLoss(0.25, 2)).classWeight(0.75), 1e-5);
        assertEquals(16, of(new VarifocalLoss(0.25, 2)).classWeight(0.79));
        assertEquals(16, of(new QualityFocalLoss(2)).classWeight(0.9));
    }

    @Test
    void whatHasNoBalanceIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> of(new CrossEntropy()).restingScore(0));
        assertThrows(
                IllegalArgumentException.class, () -> of(new CrossEntropy()).restingScore(1));
        assertThrows(IllegalArgumentException.class, () -> new LossBalance(new CrossEntropy(), 1.1));
    }
}
