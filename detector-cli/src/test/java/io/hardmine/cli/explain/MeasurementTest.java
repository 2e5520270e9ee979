package io.hardmine.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.loss.ClassLoss;
import io.hardmine.mining.analysis.AnchorLosses;
import io.hardmine.mining.analysis.LossHistogram;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static final double EASY = 0.01;
    private static final double HARD = 2;

    /** 1000 background anchors, ten of them hard; ten object anchors, one of them hard; focal loss without α. */
    private static Measurement measurement(double gamma, boolean objects) {
        List<AnchorLosses> results = Measurement.losses(0.5, gamma).stream()
                .map(loss -> {
                    double g = loss instanceof ClassLoss.FocalLoss f ? f.gamma() : 0;
                    AnchorLosses result = new AnchorLosses(loss, new LossHistogram(), new LossHistogram());
                    fill(result.background(), 990, 10, g);
                    fill(result.objects(), objects ? 9 : 0, objects ? 1 : 0, g);
                    return result;
                })
                .toList();
        return new Measurement("model.zip", "7 pictures", gamma, results);
    }

    private static void fill(LossHistogram histogram, int easy, int hard, double gamma) {
        for (int i = 0; i < easy; i++) {
            histogram.add(EASY * Math.pow(1 - Math.exp(-EASY), gamma));
        }
        for (int i = 0; i < hard; i++) {
            histogram.add(HARD * Math.pow(1 - Math.exp(-HARD), gamma));
        }
    }

    @Test
    void numbersAreThoseWorkedByHand() {
        Measurement measured = measurement(2, true);
        assertEquals(200, Measurement.easyForOneHard(measured.crossEntropy()), 1e-6);
        // 200 · (0.864665 / 0.00995017)²
        assertEquals(1_510_290, Measurement.easyForOneHard(measured.focal()), 100);
        // 500 · 0.01 / 2
        assertEquals(2.5, Measurement.hardInEasiestHalf(measured.crossEntropy()), 1e-6);
        // (9.9 + 20) / (9.9 + 20 + 0.09 + 2)
        assertEquals(29.9 / 31.99, measured.crossEntropy().backgroundShare(), 1e-9);
    }

    @Test
    void sentencesHoldTheNumbers() {
        String all = String.join("\n", measurement(2, true).sentences());
        assertTrue(all.contains("7 pictures: 1,000 background anchors and 10 object anchors (100 to 1)."), all);
        // 20 / 29.9
        assertTrue(all.contains("carry 66.9 % of background's cross-entropy and over 99.99 % of its focal loss"), all);
        // 2 / 2.09
        assertTrue(all.contains("carry 95.7 % of the objects' cross-entropy"), all);
        assertTrue(all.contains("background makes up 93.5 % under cross-entropy"), all);
        assertTrue(all.contains("It takes 200 easy background anchors"), all);
        assertTrue(all.contains("and 1,500,000 under focal loss"), all);
        assertTrue(all.contains("together costs 2.5 under cross-entropy and less than 0.1 under focal loss"), all);
    }

    @Test
    void cumulativeCurvesPassThroughTheNumbers() {
        List<Figure> figures = measurement(0.7, true).figures();
        assertEquals(2, figures.size());
        Figure background = figures.get(0);
        assertEquals(
                List.of("γ = 0 (cross-entropy)", "γ = 0.5", "γ = 0.7", "γ = 1", "γ = 2"),
                background.lines().stream().map(Line::name).toList());
        Line plain = background.lines().get(0);
        assertEquals(1, plain.x()[100], 1e-9);
        assertEquals(100 * 20 / 29.9, plain.y()[100], 1e-6);
        assertEquals(100, plain.y()[200], 1e-9);
    }

    @Test
    void picturesWithoutObjectsHaveOneFigure() {
        Measurement measured = measurement(2, false);
        assertEquals(1, measured.figures().size());
        assertFalse(String.join("\n", measured.sentences()).contains("hardest 10 %"));
    }
}
