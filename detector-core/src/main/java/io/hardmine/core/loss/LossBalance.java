package io.hardmine.core.loss;

/**
 * The gradients of a class loss while every anchor has the same score, as at the start of training.
 *
 * @param loss on the class logits
 * @param quality target of the object anchors, in [0, 1]: their mean IoU for a loss that needs it, else 1
 */
public record LossBalance(ClassLoss loss, double quality) {
    /** Logit of the highest score that is tried. The logit of the lowest is its negative. */
    private static final double LARGEST_LOGIT = 30;

    private static final int HALVINGS = 50;

    /** Mean IoU of the object anchors' boxes at the end of training: 0.82 to 0.92 on the data sets of docs/results.md. */
    private static final double LEARNED_QUALITY = 0.8;

    /** Four times the largest weight that the losses here get at the resting scores of real data sets. */
    private static final double LARGEST_WEIGHT = 16;

    /** Refuses a quality outside of [0, 1]. */
    public LossBalance {
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("quality must lie in [0, 1], not " + quality);
        }
    }

    /**
     * The score at which the gradients of objects and of background are in balance. A network that has learned only how
     * rare objects are settles at this score. The score p solves {@code r · g⁺(p) = (1 − r) · g⁻(p)}. g⁺ and g⁻ are the
     * slopes of the loss of an object's logit and of a background logit. For cross-entropy p is r. For focal loss p is
     * higher, since easy background has hardly any gradient: at r = 1e-5, the density of COCO, p is 0.0106, which is
     * the paper's prior.
     *
     * @param share r, the share of the logits that belong to the class of an object, in (0, 1)
     * @return in (0, 1)
     */
    public double restingScore(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share must lie between 0 and 1, not " + share);
        }
        double low = -LARGEST_LOGIT;
        double high = LARGEST_LOGIT;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            boolean backgroundWins = (1 - share) * slope(middle, -1, 1) > -share * slope(middle, 0, quality);
            low = backgroundWins ? low : middle;
            high = backgroundWins ? middle : high;
        }
        return sigmoid((low + high) / 2);
    }

    /**
     * The weight with which the loss has the same slope at an object anchor as plain cross-entropy.
     *
     * <p>The box loss has gradients at object anchors only and does not depend on the class loss. If the slope of the
     * class loss at an object anchor is fixed, the trunk gets both gradients in a fixed ratio. The reference is the
     * slope of cross-entropy, 1 − π at score π, because the usual weights of box losses were chosen for use with it. So
     * the weight is {@code (1 − π) / g⁺(π)}. Focal loss with α = 0.25 and γ = 2 gets 3.73 at π = 0.01.
     *
     * <p>If π is the resting score, the gradients of objects and of background are in balance, and so are those of
     * cross-entropy at its own resting score. The weight then also gives background the gradient of cross-entropy at
     * that score, up to the factor 1 − π.
     *
     * <p>If the target of the loss is the quality of the boxes, the slope grows with that quality. A weight for the
     * quality at the start is several times too large as soon as boxes are learned, and the trunk then serves the
     * classes alone. So the slope is that for a learned box, whose IoU is 0.8. Near a score of 0.8 it is small, and
     * above it has the other sign: the weight is at most 16, and it is 16 if the slope has the other sign.
     *
     * @param score π, with which every anchor starts, in (0, 1)
     * @return over 0, at most 16
     */
    public double classWeight(double score) {
        double target = loss.needsQuality() ? LEARNED_QUALITY : 1;
        double pull = -slope(Math.log(score / (1 - score)), 0, target);
        return pull > 0 ? Math.min(LARGEST_WEIGHT, (1 - score) / pull) : LARGEST_WEIGHT;
    }

    private double slope(double logit, int label, double target) {
        float[] gradient = new float[1];
        loss.evaluate(new float[] {(float) logit}, 0, 1, label, (float) target, gradient);
        return gradient[0];
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
