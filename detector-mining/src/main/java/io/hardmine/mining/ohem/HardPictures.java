package io.hardmine.mining.ohem;

import io.hardmine.core.loss.Losses;
import io.hardmine.core.training.RepeatFactors;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Shows pictures more often if their loss stays high, or if classes are confused in them, in proportion and at the cost
 * of easy pictures. The weight of a picture lies between 1 / {@code most} and {@code most} times that of an average
 * picture. The upper bound matters for wrong annotations, whose loss stays high; because of the lower bound no easy
 * picture disappears.
 *
 * @param most largest number of showings of a picture in an epoch
 * @param by what makes a picture hard
 */
public record HardPictures(int most, By by) implements RepeatFactors {
    /** What makes a picture hard. */
    public enum By {
        /** Its classification loss. */
        LOSS,
        /** The scores that its objects get for other classes ({@link Losses#confusion}). */
        CONFUSION
    }

    /** Refuses a bound below one showing. */
    public HardPictures {
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1, not " + most);
        }
    }

    @Override
    public String description() {
        return toString();
    }

    @Override
    public double[] costs(Losses batch) {
        return by == By.CONFUSION ? batch.confusion() : batch.byPicture();
    }

    @Override
    public int[] times(float[] losses, SplittableRandom random) {
        double[] wanted = weights(losses);
        double scale = losses.length / Arrays.stream(wanted).sum();
        int[] times = new int[losses.length];
        double position = random.nextDouble();
        double reached = 0;
        int given = 0;
        for (int i = 0; i < times.length; i++) { // systematic sampling: each gets its share, rounded up or down
            reached += wanted[i] * scale;
            while (position < reached && given < losses.length) {
                position++;
                if (times[i] < most) {
                    times[i]++;
                    given++;
                }
            }
        }
        for (int bound = 1; given < losses.length; bound++) { // showings beyond the bound go to those shown least
            for (int i = 0; i < times.length && given < losses.length; i++) {
                if (times[i] < bound) {
                    times[i]++;
                    given++;
                }
            }
        }
        return times;
    }

    /** Loss divided by the mean loss, between 1 / most and most; 1 if the loss is negative, which means unknown. */
    private double[] weights(float[] losses) {
        double sum = 0;
        int known = 0;
        for (float loss : losses) {
            if (loss >= 0) {
                sum += loss;
                known++;
            }
        }
        double mean = known == 0 ? 0 : sum / known;
        double[] weights = new double[losses.length];
        for (int i = 0; i < losses.length; i++) {
            weights[i] = losses[i] >= 0 && mean > 0 ? Math.max(1.0 / most, Math.min(most, losses[i] / mean)) : 1;
        }
        return weights;
    }
}
