package io.hardmine.mining.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.training.PictureCrop;
import io.hardmine.datasets.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HardExampleSetTest {
    private static final int SIDE = 16;
    private static final int BYTES = 3 * SIDE * SIDE;

    /** Pixels that look like no other seed's. */
    private static PictureCrop crop(long seed) {
        byte[] bgr = new byte[BYTES];
        new SplittableRandom(seed).nextBytes(bgr);
        return new PictureCrop("p", SIDE, SIDE, bgr);
    }

    private static HardExample example(int place, double score, long look) {
        FalsePositive falsePositive =
                new FalsePositive("picture " + place, new Box(0, 0, SIDE, SIDE), 1, 0, null, score);
        return HardExample.found(falsePositive, 1, crop(look));
    }

    private static HardExampleSet.Bounds bounds(int entries) {
        return new HardExampleSet.Bounds(entries, Long.MAX_VALUE, 0.1);
    }

    private static HardExampleSet of(HardExample... members) {
        return HardExampleSet.EMPTY
                .renewed(new double[0], List.of(members), bounds(1000))
                .set();
    }

    @Property(tries = 200)
    void holdsAlwaysTheHardestOfMembersAndOffersAndNeverTooMany(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int entries) {
        SplittableRandom random = new SplittableRandom(seed);
        HardExampleSet set = HardExampleSet.EMPTY;
        int found = 0;
        for (int round = 0; round < 6; round++) {
            double[] scores = random.doubles(set.members().size(), 0.2, 1).toArray();
            List<HardExample> offers = new ArrayList<>();
            for (int i = random.nextInt(15); i > 0; i--) {
                offers.add(example(found, 0.2 + 0.8 * random.nextDouble(), found));
                found++;
            }
            List<Double> all =
                    new ArrayList<>(offers.stream().map(HardExample::scoreNow).toList());
            for (double score : scores) {
                all.add(score);
            }
            HardExampleSet.Update update = set.renewed(scores, offers, bounds(entries));
            assertEquals(
                    all.stream()
                            .sorted(Comparator.reverseOrder())
                            .limit(entries)
                            .toList(),
                    update.set().members().stream().map(HardExample::scoreNow).toList());
            assertEquals(
                    set.members().size() + update.added() - update.evicted(),
                    update.set().members().size());
            assertEquals(
                    update.set(), set.renewed(scores, offers, bounds(entries)).set(), "same offers, same set");
            set = update.set();
        }
    }

    @Property(tries = 100)
    void isBoundedInBytes(@ForAll @IntRange(min = 0, max = 10) int fit) {
        List<HardExample> offers = Stream.iterate(0, i -> i + 1)
                .limit(10)
                .map(i -> example(i, 0.5, i))
                .toList();
        HardExampleSet.Bounds bounds = new HardExampleSet.Bounds(100, (long) fit * BYTES + BYTES / 2, 0.1);
        assertEquals(
                fit,
                HardExampleSet.EMPTY
                        .renewed(new double[0], offers, bounds)
                        .set()
                        .members()
                        .size());
    }

    @Test
    void theSamePlaceAndTheSameLookAreTakenOnce() {
        HardExample member = example(1, 0.5, 1);
        HardExample samePlace = example(1, 0.9, 2);
        HardExample sameLook = example(3, 0.9, 1);
        HardExampleSet set = of(member);
        assertTrue(set.knows(samePlace.place()));
        assertFalse(set.knows(sameLook.place()));
        HardExampleSet.Update update =
                set.renewed(new double[] {0.5}, List.of(samePlace, sameLook, example(4, 0.3, 4)), bounds(10));
        assertEquals(1, update.added());
        assertEquals(1, update.duplicates());
        assertEquals(
                List.of("picture 1", "picture 4"),
                update.set().members().stream().map(HardExample::picture).toList());
    }

    @Test
    void whatStaysEasyForTwoRoundsLeavesForGood() {
        HardExampleSet set = of(example(1, 0.9, 1), example(2, 0.8, 2));
        HardExampleSet once =
                set.renewed(new double[] {0.05, 0.7}, List.of(), bounds(10)).set();
        assertEquals(2, once.members().size());
        assertEquals(
                List.of(0.7, 0.05),
                once.members().stream().map(HardExample::scoreNow).toList());
        assertEquals(0.9, once.members().get(1).scoreThen());
        HardExampleSet.Update twice = once.renewed(new double[] {0.7, 0.02}, List.of(), bounds(10));
        assertEquals(1, twice.learnt());
        assertEquals(0, twice.evicted());
        assertEquals(
                List.of("picture 2"),
                twice.set().members().stream().map(HardExample::picture).toList());
        HardExampleSet.Update again = twice.set().renewed(new double[] {0.7}, List.of(example(1, 0.99, 9)), bounds(10));
        assertEquals(0, again.added(), "it does not come back");
        HardExampleSet interrupted =
                once.renewed(new double[] {0.7, 0.6}, List.of(), bounds(10)).set();
        assertEquals(
                2,
                interrupted
                        .renewed(new double[] {0.7, 0.02}, List.of(), bounds(10))
                        .set()
                        .members()
                        .size(),
                "only rounds on end count");
    }
}
