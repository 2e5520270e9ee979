package io.hardmine.core.loss;

/**
 * A loss on the class logits of one anchor. The losses here are K independent logistic regressions (Lin et al. 2017,
 * section 3). They are computed from logits, never from log(sigmoid(x)).
 *
 * <p>The sign of each logit x is changed so that a large negative z is right: {@code z = x} for an absent class and
 * {@code z = −x} for the present class. With {@code q = σ(z) = 1 − p_t} the cross-entropy is {@code softplus(z) = −log
 * p_t}. With a soft target y the loss of the present class is {@code y · loss(present) + (1 − y) · loss(absent)}.
 */
public interface ClassLoss {
    /**
     * Loss and gradient of one anchor.
     *
     * @param logits K logits from {@code from} on
     * @param classes K
     * @param label class index of the object, or negative for background
     * @param quality target of the present class, in [0, 1]; 1 is a hard label. Ignored for background
     * @param gradients receives the derivative by each logit, at the same indices. The quality gets no gradient
     * @return the loss summed over the classes
     */
    double evaluate(float[] logits, int from, int classes, int label, float quality, float[] gradients);

    /** As {@link #evaluate(float[], int, int, int, float, float[])}, with a hard label. */
    default double evaluate(float[] logits, int from, int classes, int label, float[] gradients) {
        return evaluate(logits, from, classes, label, 1, gradients);
    }

    /** Whether the target of an object's class is the IoU of the predicted box with the object, instead of 1. */
    default boolean needsQuality() {
        return false;
    }

    /** Sigmoid cross-entropy. Every example has the same weight, so that the many easy background anchors dominate. */
    record CrossEntropy() implements ClassLoss {
        @Override
        public double evaluate(float[] logits, int from, int classes, int label, float quality, float[] gradients) {
            return weighted(this, logits, from, classes, label, quality, gradients, 1, 1);
        }
    }

    /**
     * Cross-entropy with objects weighted by α and background by 1 − α (eq. 3).
     *
     * @param alpha in (0, 1)
     */
    record BalancedCrossEntropy(double alpha) implements ClassLoss {
        /** Refuses an α outside of (0, 1). */
        public BalancedCrossEntropy {
            requireAlpha(alpha);
        }

        @Override
        public double evaluate(float[] logits, int from, int classes, int label, float quality, float[] gradients) {
            return weighted(this, logits, from, classes, label, quality, gradients, alpha, 1 - alpha);
        }
    }

    /**
     * Focal loss, {@code −α_t (1 − p_t)^γ log p_t} (eq. 5): cross-entropy times a factor that goes to zero as the score
     * of the right answer grows.
     *
     * @param alpha weight of objects, in (0, 1); 0.25 in the paper
     * @param gamma focusing parameter, at least 0; 2 in the paper
     */
    record FocalLoss(double alpha, double gamma) implements ClassLoss {
        /** Refuses an α outside of (0, 1) and a negative γ. */
        public FocalLoss {
            requireAlpha(alpha);
            if (!(gamma >= 0)) {
                throw new IllegalArgumentException("gamma must be at least 0, not " + gamma);
            }
        }

        /** α = 0.25, γ = 2. */
        public static FocalLoss paper() {
            return new FocalLoss(0.25, 2);
        }

        @Override
        public double evaluate(float[] logits, int from, int classes, int label, float quality, float[] gradients) {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                boolean present = k == label;
                if (present && quality < 1) {
                    sum += soft(this, logits, from + k, quality, gradients);
                    continue;
                }
                double x = logits[from + k];
                double z = present ? -x : x;
                double e = Math.exp(-Math.abs(z));
                double q = (z >= 0 ? 1 : e) / (1 + e);
                double crossEntropy = Math.max(z, 0) + log1p(e);
                double factor = (present ? alpha : 1 - alpha) * (gamma == 2 ? q * q : Math.pow(q, gamma));
                double slope = factor * (gamma * (1 - q) * crossEntropy + q);
                sum += factor * crossEntropy;
                gradients[from + k] = (float) (present ? -slope : slope);
            }
            return sum;
        }
    }

    /**
     * Quality focal loss, {@code |y − p|^β · cross-entropy(p, y)} (Li et al. 2020, “Generalized Focal Loss”, eq. 5).
     * The target y of an object's class is the IoU of its predicted box, so that the score estimates the quality of the
     * box.
     *
     * @param beta focusing parameter, at least 0; 2 in the paper
     */
    record QualityFocalLoss(double beta) implements ClassLoss {
        /** Refuses a negative β. */
        public QualityFocalLoss {
            if (!(beta >= 0)) {
                throw new IllegalArgumentException("beta must be at least 0, not " + beta);
            }
        }

        @Override
        public boolean needsQuality() {
            return true;
        }

        @Override
        public double evaluate(float[] logits, int from, int classes, int label, float quality, float[] gradients) {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                double x = logits[from + k];
                double y = k == label ? quality : 0;
                double e = Math.exp(-Math.abs(x));
                double p = (x >= 0 ? 1 : e) / (1 + e);
                double crossEntropy = softCrossEntropy(x, y, e);
                double error = y == 1 ? -((x >= 0 ? e : 1) / (1 + e)) : p - y; // computing 1 − p would cancel
                double factor = Math.pow(Math.abs(error), beta);
                double spread = e / ((1 + e) * (1 + e)); // p · (1 − p)
                double byFactor = error == 0 ? 0 : beta * factor / error * spread * crossEntropy;
                sum += factor * crossEntropy;
                gradients[from + k] = (float) (byFactor + factor * error);
            }
            return sum;
        }
    }

    /**
     * Varifocal loss (Zhang et al. 2021, eq. 2). For an object's class it is the cross-entropy with the IoU q of the
     * predicted box as target, weighted by q so that good boxes count most. For background, and for an object with q =
     * 0, it is {@code −(1 − α) · p^γ · log(1 − p)}. The paper calls the weight of background α and sets it to 0.75.
     * Here α is the weight of objects in all losses.
     *
     * @param alpha 1 minus the weight of background, in (0, 1); 0.25 gives the paper's 0.75
     * @param gamma focusing parameter of background, at least 0; 2 in the paper
     */
    record VarifocalLoss(double alpha, double gamma) implements ClassLoss {
        /** Refuses an α outside of (0, 1) and a negative γ. */
        public VarifocalLoss {
            requireAlpha(alpha);
            if (!(gamma >= 0)) {
                throw new IllegalArgumentException("gamma must be at least 0, not " + gamma);
            }
        }

        @Override
        public boolean needsQuality() {
            return true;
        }

        @Override
        public double evaluate(float[] logits, int from, int classes, int label, float quality, float[] gradients) {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                double x = logits[from + k];
                double e = Math.exp(-Math.abs(x));
                double p = (x >= 0 ? 1 : e) / (1 + e);
                if (k == label && quality > 0) {
                    sum += quality * softCrossEntropy(x, quality, e);
                    double error = quality == 1 ? -((x >= 0 ? e : 1) / (1 + e)) : p - quality;
                    gradients[from + k] = (float) (quality * error);
                    continue;
                }
                double crossEntropy = softCrossEntropy(x, 0, e);
                double factor = (1 - alpha) * Math.pow(p, gamma);
                double absent = (x >= 0 ? e : 1) / (1 + e);
                sum += factor * crossEntropy;
                gradients[from + k] = (float) (factor * (gamma * absent * crossEntropy + p));
            }
            return sum;
        }
    }

    /**
     * {@code −y log p − (1 − y) log(1 − p)} of a logit x.
     *
     * @param e {@code exp(−|x|)}
     */
    private static double softCrossEntropy(double x, double y, double e) {
        // softplus(x) − y x, arranged so that nothing cancels for a large x or for a target of 1
        return (x >= 0 ? (1 - y) * x : -y * x) + log1p(e);
    }

    /** The loss of one logit of the present class with a soft target. */
    private static double soft(ClassLoss loss, float[] logits, int at, float quality, float[] gradients) {
        double present = loss.evaluate(logits, at, 1, 0, 1, gradients);
        double slope = gradients[at];
        double absent = loss.evaluate(logits, at, 1, -1, 1, gradients);
        gradients[at] = (float) (quality * slope + (1 - quality) * gradients[at]);
        return quality * present + (1 - quality) * absent;
    }

    private static double weighted(
            ClassLoss loss,
            float[] logits,
            int from,
            int classes,
            int label,
            float quality,
            float[] gradients,
            double object,
            double background) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            boolean present = k == label;
            if (present && quality < 1) {
                sum += soft(loss, logits, from + k, quality, gradients);
                continue;
            }
            double x = logits[from + k];
            double z = present ? -x : x;
            double e = Math.exp(-Math.abs(z));
            double weight = present ? object : background;
            double slope = weight * (z >= 0 ? 1 : e) / (1 + e);
            sum += weight * (Math.max(z, 0) + log1p(e));
            gradients[from + k] = (float) (present ? -slope : slope);
        }
        return sum;
    }

    /**
     * log(1 + e) for e in [0, 1]. Math.log1p costs five times as much as Math.log, because only Math.log is an
     * intrinsic. Most anchors are easy background with a small e. For these, five terms of the series are exact to a
     * part in 10⁹: the sixth is e⁵ / 6 of the first.
     */
    private static double log1p(double e) {
        return e < 1.0 / 64 ? e * (1 - e * (1.0 / 2 - e * (1.0 / 3 - e * (1.0 / 4 - e / 5)))) : Math.log(1 + e);
    }

    private static void requireAlpha(double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must lie between 0 and 1, not " + alpha);
        }
    }
}
