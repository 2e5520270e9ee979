package io.hardmine.core.detection;

import java.util.Arrays;

/** The best few of many logits, without an object for each: a logit and its index packed into a long that sorts. */
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

    /** Smaller for larger logits: the bits of a float in an order that integers have, turned round. */
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
