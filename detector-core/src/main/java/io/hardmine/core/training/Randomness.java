package io.hardmine.core.training;

import java.util.SplittableRandom;

/** Random numbers that follow from seed, epoch and place, so that a checkpoint has no random state to save. */
final class Randomness {
    private Randomness() {}

    /** A source for one place of one epoch of one seed. */
    static SplittableRandom of(long seed, long epoch, long place) {
        return new SplittableRandom(mix(mix(mix(seed) + epoch) + place));
    }

    /** The finalizer of SplitMix64 (Steele et al. 2014): neighboring numbers become unrelated ones. */
    private static long mix(long z) {
        long a = (z + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
        return b ^ b >>> 31;
    }
}
