package io.hardmine.mining.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LossHistogramTest {
    private static LossHistogram of(double... losses) {
        LossHistogram histogram = new LossHistogram();
        Arrays.stream(losses).forEach(histogram::add);
        return histogram;
    }

    /** Losses as focal loss makes them: over many powers of ten, some of them nothing. */
    private static double[] sorted(long seed, int count) {
        Random random = new Random(seed);
        double spread = 12 * random.nextDouble();
        return random.doubles(count)
                .map(u -> random.nextInt(20) == 0 ? 0 : Math.pow(10, 2 - spread * u))
                .sorted()
                .toArray();
    }

    /** The definition: sort, take from the top, of the last one a part. */
    private static double plainShare(double[] sorted, double share) {
        double wanted = share * sorted.length;
        double sum = 0;
        for (int i = sorted.length - 1; i >= 0 && wanted > 0; i--, wanted--) {
            sum += sorted[i] * Math.min(1, wanted);
        }
        double total = Arrays.stream(sorted).sum();
        return total == 0 ? share : sum / total;
    }

    @Property
    void carriesWhatSortingSays(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3000) int count,
            @ForAll @DoubleRange(max = 1) double share) {
        double[] losses = sorted(seed, count);
        LossHistogram histogram = of(losses);
        assertEquals(
                plainShare(losses, share), histogram.carriedByHardest(share), LossHistogram.RESOLUTION * bin(losses));
        assertEquals(count, histogram.count());
        assertEquals(Arrays.stream(losses).sum(), histogram.total(), 1e-9 * histogram.total());
    }

    /** The most that one bin can hold of the total: bounds the error where a share ends inside of it. */
    private static double bin(double[] sorted) {
        double total = Arrays.stream(sorted).sum();
        double most = 0;
        for (int i = 0; i < sorted.length; i++) {
            double sum = 0;
            for (int j = i; j < sorted.length && sorted[j] <= sorted[i] * (1 + LossHistogram.RESOLUTION); j++) {
                sum += sorted[j];
            }
            most = Math.max(most, sum);
        }
        return total == 0 ? 1e-12 : most / total + 1e-12;
    }

    @Property
    void quantilesAreThoseOfTheSortedList(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 2000) int count,
            @ForAll @DoubleRange(max = 1) double share) {
        double[] losses = sorted(seed, count);
        double expected = losses[Math.max(1, (int) Math.ceil(share * count)) - 1];
        assertEquals(expected, of(losses).quantile(share), LossHistogram.RESOLUTION * expected + 1e-300);
    }

    @Test
    void oneOfTenCarriesHalf() {
        LossHistogram histogram = of(9, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertEquals(0.5, histogram.carriedByHardest(0.1), 1e-12);
        assertEquals(0.25, histogram.carriedByHardest(0.05), 1e-12);
        assertEquals(13.5 / 18, histogram.carriedByHardest(0.55), 1e-12);
        assertEquals(0, histogram.carriedByHardest(0));
        assertEquals(1, histogram.carriedByHardest(1));
        assertEquals(1, histogram.quantile(0.9));
        assertEquals(9, histogram.quantile(0.91));
    }

    @Test
    void tiniestAndLargestLossesHaveTheirPlace() {
        LossHistogram histogram = of(0, Double.MIN_VALUE, Float.MIN_VALUE, Float.MAX_VALUE);
        assertEquals(1, histogram.carriedByHardest(0.25), 1e-12);
        assertEquals(Float.MAX_VALUE, histogram.quantile(1));
        assertTrue(histogram.quantile(0.25) < Float.MIN_VALUE);
    }

    @Test
    void withoutAnyLossEveryExampleCarriesTheSame() {
        assertEquals(0.3, of(0, 0, 0).carriedByHardest(0.3), 1e-12);
        assertEquals(0.3, of().carriedByHardest(0.3), 1e-12);
        assertThrows(IllegalStateException.class, () -> of().quantile(0.5));
    }

    @Test
    void whatIsNoLossOrNoShareIsRefused() {
        LossHistogram histogram = of(1);
        for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> histogram.add(wrong));
        }
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> histogram.carriedByHardest(wrong));
            assertThrows(IllegalArgumentException.class, () -> histogram.quantile(wrong));
        }
    }
}
