package io.hardmine.cli.explain;

import io.hardmine.core.loss.ClassLoss;

/**
 * What one example of a single class costs.
 *
 * @param loss its loss
 * @param gradient amount of the loss's derivative by the logit
 */
record Example(double loss, double gradient) {
    private static final int OBJECT = 0;
    private static final int BACKGROUND = -1;

    /** An object of which the network says with probability {@code p} in (0, 1) that it is one. */
    static Example object(ClassLoss loss, double p) {
        return of(loss, logit(p), OBJECT);
    }

    /** Background of which the network says with probability {@code p} in (0, 1) that it is background. */
    static Example background(ClassLoss loss, double p) {
        return of(loss, -logit(p), BACKGROUND);
    }

    private static double logit(double p) {
        return Math.log(p / (1 - p));
    }

    private static Example of(ClassLoss loss, double logit, int label) {
        float[] gradient = new float[1];
        double value = loss.evaluate(new float[] {(float) logit}, 0, 1, label, gradient);
        return new Example(value, Math.abs(gradient[0]));
    }
}
