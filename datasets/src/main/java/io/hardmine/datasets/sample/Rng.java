package io.hardmine.datasets.sample;

import io.hardmine.datasets.sample.Difficulty.Range;
import io.hardmine.datasets.sample.Raster.Color;
import java.util.Random;

/** Draws by {@link Random}'s published algorithm, which is the same in every JVM. */
final class Rng {
    private final OneThreadRandom random;

    Rng(long seed) {
        this.random = new OneThreadRandom(seed);
    }

    /** The random numbers of one picture of one part. */
    static Rng of(long seed, int part, int index) {
        return new Rng(scramble(scramble(scramble(seed) + part) + index));
    }

    /** SplitMix64's finalizer: neighboring numbers give unrelated seeds. */
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

    /** {@link Random} without its locks, which take more time than its numbers. For one thread at a time. */
    private static final class OneThreadRandom extends Random {
        private static final long serialVersionUID = 1;
        private static final long MULTIPLIER = 0x5DEECE66DL;
        private static final long MASK = (1L << 48) - 1;

        private long state;
        private double other;
        private boolean hasOther;

        OneThreadRandom(long seed) {
            super(seed);
            state = (seed ^ MULTIPLIER) & MASK;
        }

        @Override
        protected int next(int bits) {
            state = state * MULTIPLIER + 0xB & MASK;
            return (int) (state >>> 48 - bits);
        }

        /** Marsaglia's polar method, which gives two numbers at once. */
        @Override
        public double nextGaussian() {
            if (hasOther) {
                hasOther = false;
                return other;
            }
            double u;
            double v;
            double square;
            do {
                u = 2 * nextDouble() - 1;
                v = 2 * nextDouble() - 1;
                square = u * u + v * v;
            } while (square >= 1 || square == 0);
            double scale = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            other = v * scale;
            hasOther = true;
            return u * scale;
        }
    }

    /** The color with each channel moved by up to the given levels. */
    Color around(Color color, double levels) {
        return new Color(
                color.red() + between(-levels, levels),
                color.green() + between(-levels, levels),
                color.blue() + between(-levels, levels));
    }
}
