package io.hardmine.core.loss;

/**
 * A loss on the class logits of one anchor: K independent logistic regressions (Lin et al. 2017, section 3). Everything
 * is computed from logits, never from log(sigmoid(x)).
 *
 * <p>Each logit x with target y is turned so that being right means a large negative number: {@code z = x} for a class
 * that is absent, {@code z = −x} for the one that is present. With {@code q = σ(z) = 1 − p_t} the cross-entropy is
 * {@code softplus(z) = −log p_t}.
 */
public sealed interface ClassLoss {
    /**
     * Loss and gradient of one anchor.
     *
     * @param logits K logits from {@code from} on
     * @param classes K
     * @param label class index of the object, or negative for background
     * @param gradients where the derivative by each logit goes, at the same places
     * @return the loss summed over the classes
     */
    double evaluate(float[] logits, int from, int classes, int label, float[] gradients);

    /** Sigmoid cross-entropy: every example counts the same, so that easy background outweighs everything. */
    record CrossEntropy() implements ClassLoss {
        @Override
        public double evaluate(float[] logits, int from, int classes, int label, float[] gradients) {
            return weighted(logits, from, classes, label, gradients, 1, 1);
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
        public double evaluate(float[] logits, int from, int classes, int label, float[] gradients) {
            return weighted(logits, from, classes, label, gradients, alpha, 1 - alpha);
        }
    }

    /**
     * Focal loss, {@code −α_t (1 − p_t)^γ log p_t} (eq. 5): cross-entropy times a factor that goes to zero as the
     * confidence in the right class grows.
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
        public double evaluate(float[] logits, int from, int classes, int label, float[] gradients) {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                boolean present = k == label;
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

    private static double weighted(
            float[] logits, int from, int classes, int label, float[] gradients, double object, double background) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            boolean present = k == label;
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
     * log(1 + e) for e in [0, 1]. Math.log is an intrinsic, Math.log1p is not, and costs five times as much; most anchors
     * are background that the network is sure of, where five terms of the series are exact to a part in 10⁹ (the sixth is
     * e⁵ / 6 of the first).
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
