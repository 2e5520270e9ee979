package io.hardmine.cli.explain;

import io.hardmine.core.loss.ClassLoss;

/**
 * Loss and gradient of an example of a single class.
 *
 * @param loss its loss
 * @param gradient absolute value of the derivative of the loss with respect to the logit
 */
record Example(double loss, double gradient) {
    private static final int OBJECT = 0;
    private static final int BACKGROUND = -1;

    /** An object to which the network gives the probability {@code p}, in (0, 1), of being an object. */
    static Example object(ClassLoss loss, double p) {
        return of(loss, logit(p), OBJECT);
    }

    /** Background to which the network gives the probability {@code p}, in (0, 1), of being background. */
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
