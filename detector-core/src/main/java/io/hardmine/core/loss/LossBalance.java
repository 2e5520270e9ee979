package io.hardmine.core.loss;

/**
 * How hard a class loss pulls while every anchor has the same score, as at the start of training.
 *
 * @param loss on the class logits
 * @param quality target of the object anchors, in [0, 1]: their mean IoU for a loss that needs it, else 1
 */
public record LossBalance(ClassLoss loss, double quality) {
    /** Logit of the highest score that is tried; its negative is that of the lowest. */
    private static final double LARGEST_LOGIT = 30;

    private static final int HALVINGS = 50;

    /** Two to three times the weights of the losses here at scores that data sets have. */
    private static final double LARGEST_WEIGHT = 16;

    /** Refuses a quality outside of [0, 1]. */
    public LossBalance {
        if (!(quality >= 0 && quality <= 1)) {
            throw new IllegalArgumentException("quality must lie in [0, 1], not " + quality);
        }
    }

    /**
     * The score at which the pulls of objects and of background are in balance: where a network settles that knows nothing
     * but how rare objects are. The score p solves {@code r · g⁺(p) = (1 − r) · g⁻(p)}, with g⁺ and g⁻ the slopes of the
     * loss of an object's logit and of a background logit. For cross-entropy p is r. For focal loss p is higher, since
     * background that is easy hardly pulls: at r = 1e-5, the density of COCO, p is 0.0106, which is the paper's prior.
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
            boolean backgroundWins = (1 - share) * slope(middle, -1) > -share * slope(middle, 0);
            low = backgroundWins ? low : middle;
            high = backgroundWins ? middle : high;
        }
        return sigmoid((low + high) / 2);
    }

    /**
     * The weight under which the loss pulls at an object as hard as plain cross-entropy does.
     *
     * <p>The box loss pulls at object anchors alone and does not depend on the class loss. The trunk therefore gets a fixed
     * ratio of both branches if the class loss's slope at an object anchor is fixed. The slope of cross-entropy is the
     * reference: at score π it is 1 − π, and the usual weights of box losses were chosen beside it. So the weight is {@code
     * (1 − π) / g⁺(π)}. If π is the resting score, background pulls as hard as objects do in both losses, so the same weight
     * also makes the pull of background that of cross-entropy at its own resting score, up to the factor 1 − π. Focal loss
     * with α = 0.25 and γ = 2 gets 3.73 at π = 0.01.
     *
     * <p>A loss that trains scores towards the boxes' quality hardly pulls if π is near that quality, and pulls down if it is
     * above. Quality grows with training, so the weight has a bound, which also holds then.
     *
     * @param score π, with which every anchor starts, in (0, 1)
     * @return over 0, at most 16
     */
    public double classWeight(double score) {
        double pull = -slope(Math.log(score / (1 - score)), 0);
        return pull > 0 ? Math.min(LARGEST_WEIGHT, (1 - score) / pull) : LARGEST_WEIGHT;
    }

    private double slope(double logit, int label) {
        float[] gradient = new float[1];
        loss.evaluate(new float[] {(float) logit}, 0, 1, label, (float) quality, gradient);
        return gradient[0];
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
