package io.hardmine.core.evaluation;

import java.util.Arrays;

/** The order in which detections are counted. */
final class Ranking {
    private Ranking() {}

    /**
     * Places of scores, highest score first; equal scores keep their order. As a sort of boxed places would give it, at a
     * fraction of the time.
     */
    static int[] strongestFirst(double[] scores) {
        int count = scores.length;
        double[] rising = scores.clone();
        Arrays.sort(rising);
        int[] next = new int[count];
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            int last = lastOf(rising, scores[i]);
            // the last of equal scores when they rise is the first of them when they fall
            places[count - 1 - last + next[last]++] = i;
        }
        return places;
    }

    private static int lastOf(double[] rising, double score) {
        int low = 0;
        int high = rising.length;
        while (low + 1 < high) {
            int middle = (low + high) >>> 1;
            if (Double.compare(rising[middle], score) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
