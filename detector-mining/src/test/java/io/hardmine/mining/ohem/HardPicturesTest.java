package io.hardmine.mining.ohem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.loss.Losses;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HardPicturesTest {
    @Property(tries = 500)
    void showsAsManyAsThereAreAndNoneTooOften(
            @ForAll @Size(min = 1, max = 60) float[] losses,
            @ForAll @IntRange(min = 1, max = 6) int most,
            @ForAll long seed) {
        for (int i = 0; i < losses.length; i++) {
            losses[i] = Float.isFinite(losses[i]) ? Math.min(1e6f, Math.abs(losses[i])) : -1;
        }
        int[] times = new HardPictures(most, HardPictures.By.LOSS).times(losses, new SplittableRandom(seed));
        assertEquals(losses.length, Arrays.stream(times).sum());
        assertTrue(Arrays.stream(times).allMatch(t -> t >= 0 && t <= most), Arrays.toString(times));
        assertArrayEquals(
                times, new HardPictures(most, HardPictures.By.LOSS).times(losses, new SplittableRandom(seed)));
    }

    @Property(tries = 50)
    void nothingKnownShowsEachOnce(@ForAll @FloatRange(min = 0, max = 10) float same, @ForAll long seed) {
        float[] unknown = {-1, -1, -1, -1};
        float[] alike = {same, same, same, same};
        for (float[] losses : new float[][] {unknown, alike}) {
            assertArrayEquals(
                    new int[] {1, 1, 1, 1},
                    new HardPictures(3, HardPictures.By.LOSS).times(losses, new SplittableRandom(seed)));
        }
    }

    @Test
    void oftennessGoesWithTheLoss() {
        // mean 2: weights 3, 0.5, 1, 0.5, of 5: 3, 0.5, 1, 0.5
        float[] losses = {6, 0, 2, 1, 1};
        double[] shown = new double[5];
        int epochs = 4000;
        for (int e = 0; e < epochs; e++) {
            int[] times = new HardPictures(4, HardPictures.By.LOSS).times(losses, new SplittableRandom(e));
            for (int i = 0; i < 5; i++) {
                shown[i] += times[i];
            }
        }
        double[] weights = {3, 0.25, 1, 0.5, 0.5};
        double sum = Arrays.stream(weights).sum();
        for (int i = 0; i < 5; i++) {
            assertEquals(5 * weights[i] / sum, shown[i] / epochs, 0.05);
        }
    }

    @Test
    void confusedPicturesAreThoseWhoseObjectsGetScoresOfOtherClasses() {
        Losses batch = new Losses(1, 1, new double[] {9, 1}, new double[] {0.5, 3}, null);
        assertArrayEquals(new double[] {9, 1}, new HardPictures(3, HardPictures.By.LOSS).costs(batch));
        assertArrayEquals(new double[] {0.5, 3}, new HardPictures(3, HardPictures.By.CONFUSION).costs(batch));
    }
}
