package io.hardmine.datasets.sample;

import io.hardmine.datasets.sample.Difficulty.Range;
import io.hardmine.datasets.sample.Raster.Colour;
import java.util.Random;

/** Draws by {@link Random}'s published algorithm, which is the same in every JVM. */
final class Dice {
    private final Random random;

    private Dice(long seed) {
        this.random = new Random(seed);
    }

    /** Dice of their own for one picture of one part. */
    static Dice of(long seed, int part, int index) {
        return new Dice(scramble(scramble(scramble(seed) + part) + index));
    }

    /** SplitMix64's finaliser: neighbouring numbers give unrelated seeds. */
    private static long scramble(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    int in(Range range) {
        return range.least() + random.nextInt(range.most() - range.least() + 1);
    }

    double between(double least, double most) {
        return least + random.nextDouble() * (most - least);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double gaussian() {
        return random.nextGaussian();
    }

    <T> T pick(T[] from) {
        return from[random.nextInt(from.length)];
    }

    /** The colour with each channel moved by up to the given levels. */
    Colour around(Colour colour, double levels) {
        return new Colour(
                colour.red() + between(-levels, levels),
                colour.green() + between(-levels, levels),
                colour.blue() + between(-levels, levels));
    }
}
