package io.hardmine.core.evaluation;

import java.util.Arrays;

/** The order in which detections are counted. */
final class Ranking {
    private Ranking() {}

    /**
     * Indices of the scores, highest score first; equal scores keep their order. The result is that of sorting boxed
     * indices, in a fraction of the time.
     */
    static int[] strongestFirst(double[] scores) {
        int count = scores.length;
        double[] rising = scores.clone();
        Arrays.sort(rising);
        int[] next = new int[count];
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            int last = lastOf(rising, scores[i]);
            // equal scores that end at index last in rising order begin at count - 1 - last in falling order
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
