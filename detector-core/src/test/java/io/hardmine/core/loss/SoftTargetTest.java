package io.hardmine.core.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.GroundTruth;
import io.hardmine.core.anchor.IouMatcher;
import io.hardmine.core.anchor.Targets;
import io.hardmine.core.network.RawOutputs;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses of others: a class that implements the interface is all that a loss with a soft target takes. */
class SoftTargetTest {
    private static final int CLASSES = 3;

    /** {@code |y − σ(x)|² · cross-entropy(σ(x), y)}, y being the IoU (Li et al. 2020, eq. 2). */
    private record QualityFocal() implements ClassLoss {
        @Override
        public double evaluate(float[] logits, int from, int classes, int label, float quality, float[] gradients) {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                double x = logits[from + k];
                double y = k == label ? quality : 0;
                double p = 1 / (1 + Math.exp(-x));
                double crossEntropy = Math.log1p(Math.exp(x)) - y * x;
                sum += (y - p) * (y - p) * crossEntropy;
                gradients[from + k] = (float) ((p - y) * (2 * p * (1 - p) * crossEntropy + (p - y) * (p - y)));
            }
            return sum;
        }

        @Override
        public boolean needsQuality() {
            return true;
        }
    }

    private static final ClassLoss HARD_FOCAL = ClassLoss.FocalLoss.paper();

    private static AnchorGrid grid() {
        return new AnchorGrid(AnchorShapes.paper(), 64, 64);
    }

    private static RawOutputs outputs(AnchorGrid grid) {
        RawOutputs outputs = RawOutputs.zeros(1, grid.size(), CLASSES);
        Random random = new Random(3);
        for (int i = 0; i < outputs.logits().length; i++) {
            outputs.logits()[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < outputs.offsets().length; i++) {
            outputs.offsets()[i] = (float) (0.2 * random.nextGaussian());
        }
        return outputs;
    }

    private static Targets targets(AnchorGrid grid) {
        List<Annotation> objects =
                List.of(Annotation.of(new Box(6, 9, 30, 26), 1), Annotation.of(new Box(36, 30, 22, 28), 2));
        return IouMatcher.paper().match(grid, List.of(new GroundTruth(objects, new Box(0, 0, 64, 64))));
    }

    @ParameterizedTest
    @ValueSource(floats = {0, 0.3f, 0.75f, 1})
    void gradientsOfASoftTargetAgreeWithFiniteDifferences(float quality) {
        List<ClassLoss> losses = List.of(
                new QualityFocal(),
                new ClassLoss.CrossEntropy(),
                new ClassLoss.BalancedCrossEntropy(0.3),
                new ClassLoss.FocalLoss(0.25, 2),
                new ClassLoss.FocalLoss(0.4, 1.5));
        float[] logits = {0.5f, -1.25f, 2};
        double h = Math.scalb(1, -8);
        for (ClassLoss loss : losses) {
            float[] gradients = new float[3];
            loss.evaluate(logits, 0, 3, 1, quality, gradients);
            for (int k = 0; k < 3; k++) {
                float[] up = logits.clone();
                float[] down = logits.clone();
                up[k] += (float) h;
                down[k] -= (float) h;
                double slope = (loss.evaluate(up, 0, 3, 1, quality, new float[3])
                                - loss.evaluate(down, 0, 3, 1, quality, new float[3]))
                        / (2 * h);
                assertEquals(slope, gradients[k], 2e-5, loss + " by logit " + k);
            }
        }
    }

    @Test
    void theCrossEntropyOfASoftTargetIsLeastAtTheTarget() {
        float[] gradient = new float[1];
        float logit = (float) Math.log(0.3 / 0.7);
        double loss = new ClassLoss.CrossEntropy().evaluate(new float[] {logit}, 0, 1, 0, 0.3f, gradient);
        assertEquals(-0.3 * Math.log(0.3) - 0.7 * Math.log(0.7), loss, 1e-7);
        assertEquals(0, gradient[0], 1e-7);
    }

    @Test
    void aTargetOfOneGivesTheBitsOfAHardLabel() {
        float[] logits = {0.5f, -80, 2};
        for (int label = -1; label < 3; label++) {
            float[] hard = new float[3];
            float[] soft = new float[3];
            assertEquals(
                    HARD_FOCAL.evaluate(logits, 0, 3, label, hard), HARD_FOCAL.evaluate(logits, 0, 3, label, 1, soft));
            for (int k = 0; k < 3; k++) {
                assertEquals(hard[k], soft[k]);
            }
        }
    }

    @Test
    void theTargetIsTheIouOfTheDecodedBoxWithItsObject() {
        AnchorGrid grid = new AnchorGrid(new AnchorShapes(4, List.of(1.0), List.of(1.0)), 64, 64);
        RawOutputs outputs = RawOutputs.zeros(1, grid.size(), CLASSES);
        // the anchor of the cell in row 1, column 1 of P3 is the square of 32 around (12, 12)
        int row = grid.columns(0) + 1;
        Box object = new Box(-4, -4, 32, 16);
        Targets targets = IouMatcher.paper()
                .match(grid, List.of(new GroundTruth(List.of(Annotation.of(object, 1)), new Box(0, 0, 64, 64))));
        assertEquals(1, targets.labels()[row]);
        assertEquals(0.5f, BoxQuality.of(new QualityFocal(), grid, outputs, targets, row));
        outputs.offsets()[4 * row] = 10;
        assertEquals(0f, BoxQuality.of(new QualityFocal(), grid, outputs, targets, row));
        assertEquals(1f, BoxQuality.of(HARD_FOCAL, grid, outputs, targets, row));
        int background = grid.size() - 1;
        assertEquals(1f, BoxQuality.of(new QualityFocal(), grid, outputs, targets, background));
    }

    @Test
    void aWholeBatchIsScoredByQualityWhichTakesNoGradient() {
        AnchorGrid grid = grid();
        RawOutputs outputs = outputs(grid);
        Targets targets = targets(grid);
        DetectionLoss quality = new DetectionLoss(new QualityFocal(), new BoxLoss.GeneralizedIou(), 2);
        DetectionLoss hard = new DetectionLoss(HARD_FOCAL, new BoxLoss.GeneralizedIou(), 2);
        Losses losses = quality.evaluate(grid, outputs, targets, ExampleSelection.ALL);
        double sum = 0;
        for (int r = 0; r < grid.size(); r++) {
            int label = targets.labels()[r];
            if (label != Targets.IGNORED) {
                float target = BoxQuality.of(new QualityFocal(), grid, outputs, targets, r);
                sum += (float) new QualityFocal()
                        .evaluate(
                                outputs.logits(),
                                r * CLASSES,
                                CLASSES,
                                label,
                                target,
                                new float[outputs.logits().length]);
            }
        }
        assertEquals(sum, losses.byPicture()[0], 1e-9 * sum);
        float[] boxes = losses.gradients().offsets().clone();
        float[] same = hard.evaluate(grid, outputs, targets, ExampleSelection.ALL)
                .gradients()
                .offsets();
        for (int i = 0; i < boxes.length; i++) {
            assertEquals(same[i], boxes[i]);
        }
    }
}
