package io.hardmine.core.kernel.nd4j;

import io.hardmine.core.kernel.Normalization;
import io.hardmine.core.kernel.Parameters;
import io.hardmine.core.kernel.Shape;
import java.util.Arrays;

/** The arithmetic of batch normalization per channel, given the means over the cells. */
final class BatchStatistics {
    private final Shape shape;
    private final Normalization normalization;
    private final Parameters parameters;

    BatchStatistics(Shape shape, Normalization normalization, Parameters parameters) {
        this.shape = shape;
        this.normalization = normalization;
        this.parameters = parameters;
    }

    /** Means over the batch, [channels], from means over each picture, [batch, channels]. */
    void mean(double[] perPicture, double[] perChannel) {
        int channels = perChannel.length;
        Arrays.fill(perChannel, 0);
        for (int i = 0; i < perPicture.length; i++) {
            perChannel[i % channels] += perPicture[i] / shape.batch();
        }
    }

    /** Moves the running statistics towards the batch's. */
    void moveRunning(double[] mean, double[] variance) {
        double n = (double) shape.batch() * shape.height() * shape.width();
        double unbiased = n > 1 ? n / (n - 1) : 1;
        float[] running = parameters.statistics();
        for (int c = 0; c < mean.length; c++) {
            move(running, normalization.mean().offset() + c, mean[c]);
            move(running, normalization.variance().offset() + c, variance[c] * unbiased);
        }
    }

    private static void move(float[] running, int index, double batch) {
        running[index] += (float) (Normalization.MOMENTUM * (batch - running[index]));
    }

    /**
     * Coefficients of the backward pass, which is {@code byGradient · dy + byCentered · (x − mean) + constant}. On
     * entry, {@code gradShift} holds the means of dy and {@code gradScale} the means of dy · (x − mean); on return,
     * they hold the gradients by shift and scale.
     */
    void backward(
            double[] variance,
            Channels gradScale,
            Channels gradShift,
            Channels byGradient,
            Channels byCentered,
            Channels constant) {
        double n = (double) shape.batch() * shape.height() * shape.width();
        for (int c = 0; c < variance.length; c++) {
            double inverse = 1 / Math.sqrt(variance[c] + Normalization.EPSILON);
            double scaled = parameters.values().get(normalization.scale().offset() + c) * inverse;
            byGradient.numbers[c] = scaled;
            byCentered.numbers[c] = -scaled * inverse * inverse * gradScale.numbers[c];
            constant.numbers[c] = -scaled * gradShift.numbers[c];
            gradScale.numbers[c] *= inverse * n;
            gradShift.numbers[c] *= n;
        }
        gradScale.push();
        gradShift.push();
        byGradient.push();
        byCentered.push();
        constant.push();
    }
}
