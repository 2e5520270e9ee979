package io.hardmine.core.detection;

import java.util.Arrays;

/**
 * Keeps the {@code limit} best of many logits. Each logit is packed with its index into a long. The longs sort best
 * first, and no objects are allocated.
 */
final class Candidates {
    private final int limit;
    private long[] packed;
    private int count;

    Candidates(int limit) {
        this.limit = limit;
        packed = new long[2 * limit];
    }

    void offer(float logit, int index) {
        if (count == packed.length) {
            shrink();
        }
        packed[count++] = pack(logit, index);
    }

    /** Best first; equal logits by index. */
    long[] sorted() {
        shrink();
        return Arrays.copyOf(packed, count);
    }

    private void shrink() {
        Arrays.sort(packed, 0, count);
        count = Math.min(count, limit);
    }

    /**
     * Gives smaller longs for larger logits: the bits of the float are reordered to compare as integers do, then
     * inverted.
     */
    private static long pack(float logit, int index) {
        int bits = Float.floatToIntBits(logit);
        int ordered = bits ^ (bits >> 31 & Integer.MAX_VALUE);
        return (long) ~ordered << 32 | index;
    }

    static int index(long candidate) {
        return (int) candidate;
    }

    static float logit(long candidate) {
        int ordered = ~(int) (candidate >> 32);
        return Float.intBitsToFloat(ordered ^ (ordered >> 31 & Integer.MAX_VALUE));
    }
}
