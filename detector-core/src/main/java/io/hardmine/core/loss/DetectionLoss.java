package io.hardmine.core.loss;

import io.hardmine.core.anchor.AnchorGrid;
import io.hardmine.core.anchor.Targets;
import io.hardmine.core.network.RawOutputs;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Classification and box loss of a batch, summed over the examples that count and divided by a normalizer (Lin et al.
 * 2017, section 4, “focal loss”). Reuses its arrays in each step. For one thread at a time.
 */
public final class DetectionLoss {
    private static final int CHUNK = 2048;

    private final ClassLoss classLoss;
    private final BoxLoss boxLoss;
    private final Weights weights;
    private final LossNormalizer normalizer = new LossNormalizer();
    private RawOutputs gradients = RawOutputs.zeros(0, 0, 1);
    private float[] anchorLosses = new float[0];

    /**
     * Weights of the two losses in their sum.
     *
     * @param classification weight of the classification loss
     * @param box weight of the box loss
     * @param guided whether the classification loss is scaled to the value of the weighted box loss before its own
     *     weight applies: guided loss scaling (Chen et al. 2019, arXiv 1909.04868). The scale is {@code L_box /
     *     L_class} of the batch and gets no gradient. If a batch has no object anchors, its box loss is 0 and its
     *     classification loss is not scaled
     */
    public record Weights(double classification, double box, boolean guided) {
        /** Factor of the classification loss of a batch. */
        private double ofClassification(double classLoss, double boxLoss) {
            boolean scales = guided && classLoss > 0 && boxLoss > 0;
            return scales ? classification * boxLoss / classLoss : classification;
        }
    }

    /**
     * A loss.
     *
     * @param weights of the two parts
     */
    public DetectionLoss(ClassLoss classLoss, BoxLoss boxLoss, Weights weights) {
        this.classLoss = classLoss;
        this.boxLoss = boxLoss;
        this.weights = weights;
    }

    /**
     * A loss whose classification part has weight 1.
     *
     * @param boxWeight weight of the box loss beside the classification loss
     */
    public DetectionLoss(ClassLoss classLoss, BoxLoss boxLoss, double boxWeight) {
        this(classLoss, boxLoss, new Weights(1, boxWeight, false));
    }

    /** The moving average by which losses are divided; a checkpoint saves it. */
    public LossNormalizer normalizer() {
        return normalizer;
    }

    /** Losses of a batch and their gradients. The next call reuses the arrays of the gradients. */
    public Losses evaluate(AnchorGrid grid, RawOutputs outputs, Targets targets, ExampleSelection selection) {
        prepare(outputs);
        int classes = outputs.classes();
        forEachChunk(targets, (chunk, from, to) -> {
            for (int r = from; r < to; r++) {
                int label = targets.labels()[r];
                boolean takesPart = label != Targets.IGNORED;
                anchorLosses[r] = takesPart
                        ? (float) classLoss.evaluate(
                                outputs.logits(),
                                r * classes,
                                classes,
                                label,
                                BoxQuality.of(classLoss, grid, outputs, targets, r),
                                gradients.logits())
                        : 0;
            }
        });
        ExampleSelection.Selected selected = selection.select(grid, targets, outputs, anchorLosses);
        boolean[] counts = selected.counts();
        double objects = normalizer.update(countingObjects(targets, counts));
        double scale = 1 / (selected.normalizer() > 0 ? selected.normalizer() : objects);
        // few anchors that OHEM selects are objects; the box loss is divided by the average number of these
        double boxScale = weights.box() / objects;
        double[] classSums = new double[targets.batch() * chunks(targets.anchors())];
        double[] boxSums = new double[classSums.length];
        double[] confusionSums = new double[classSums.length];
        forEachChunk(targets, (chunk, from, to) -> {
            Arrays.fill(gradients.offsets(), 4 * from, 4 * to, 0);
            double sum = 0;
            double boxSum = 0;
            double confusion = 0;
            for (int r = from; r < to; r++) {
                if (!counts(targets, counts, r)) {
                    continue;
                }
                sum += anchorLosses[r];
                if (targets.labels()[r] >= 0) {
                    confusion += ofOtherClasses(outputs.logits(), r * classes, classes, targets.labels()[r]);
                    boxSum += boxLoss.evaluate(
                            grid.boxes(),
                            r % targets.anchors(),
                            outputs.offsets(),
                            targets.offsets(),
                            4 * r,
                            gradients.offsets());
                    for (int i = 4 * r; i < 4 * r + 4; i++) {
                        gradients.offsets()[i] *= (float) boxScale;
                    }
                }
            }
            classSums[chunk] = sum;
            boxSums[chunk] = boxSum;
            confusionSums[chunk] = confusion;
        });
        double[] byPicture = byPicture(classSums, targets.batch());
        double classification = Arrays.stream(byPicture).sum() * scale;
        double box = Arrays.stream(boxSums).sum() * boxScale;
        double weight = weights.ofClassification(classification, box);
        scaleClassGradients(targets, counts, classes, (float) (weight * scale));
        return new Losses(
                weight * classification, box, byPicture, byPicture(confusionSums, targets.batch()), gradients);
    }

    /** Cross-entropy of the classes that are absent, {@code Σ softplus(x_k)}. */
    private static double ofOtherClasses(float[] logits, int from, int classes, int label) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            double x = logits[from + k];
            sum += k == label ? 0 : Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        }
        return sum;
    }

    private static boolean counts(Targets targets, boolean[] chosen, int row) {
        return targets.labels()[row] != Targets.IGNORED && (chosen == null || chosen[row]);
    }

    private void scaleClassGradients(Targets targets, boolean[] chosen, int classes, float scale) {
        float[] logits = gradients.logits();
        forEachChunk(targets, (chunk, from, to) -> {
            for (int r = from; r < to; r++) {
                if (counts(targets, chosen, r)) {
                    for (int i = r * classes; i < (r + 1) * classes; i++) {
                        logits[i] *= scale;
                    }
                } else {
                    Arrays.fill(logits, r * classes, (r + 1) * classes, 0);
                }
            }
        });
    }

    private static int countingObjects(Targets targets, boolean[] counts) {
        if (counts == null) {
            return targets.positives();
        }
        int[] labels = targets.labels();
        return (int) IntStream.range(0, labels.length)
                .filter(r -> counts[r] && labels[r] >= 0)
                .count();
    }

    private static double[] byPicture(double[] byChunk, int batch) {
        double[] sums = new double[batch];
        for (int c = 0; c < byChunk.length; c++) {
            sums[c / (byChunk.length / batch)] += byChunk[c];
        }
        return sums;
    }

    private void prepare(RawOutputs outputs) {
        boolean fits = gradients.batch() == outputs.batch()
                && gradients.anchors() == outputs.anchors()
                && gradients.classes() == outputs.classes();
        if (!fits) {
            gradients = RawOutputs.zeros(outputs.batch(), outputs.anchors(), outputs.classes());
            anchorLosses = new float[outputs.batch() * outputs.anchors()];
        }
    }

    private interface Chunk {
        void run(int chunk, int from, int to);
    }

    /** Runs over the anchors of each picture on all cores. The chunks do not depend on the number of cores. */
    private static void forEachChunk(Targets targets, Chunk work) {
        int anchors = targets.anchors();
        int chunks = chunks(anchors);
        IntStream.range(0, targets.batch() * chunks).parallel().forEach(c -> {
            int first = c / chunks * anchors;
            int from = c % chunks * CHUNK;
            work.run(c, first + from, first + Math.min(anchors, from + CHUNK));
        });
    }

    private static int chunks(int anchors) {
        return (anchors + CHUNK - 1) / CHUNK;
    }
}
