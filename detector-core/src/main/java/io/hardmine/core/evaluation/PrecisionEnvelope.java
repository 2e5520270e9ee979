package io.hardmine.core.evaluation;

/** The falling envelope of a precision-recall curve: at each recall the best precision at that recall or a higher one. */
final class PrecisionEnvelope {
    private PrecisionEnvelope() {}

    /**
     * Turns precisions into their envelope, in place.
     *
     * @param precisions from the first detection to the last
     */
    static void of(double[] precisions) {
        for (int i = precisions.length - 2; i >= 0; i--) {
            precisions[i] = Math.max(precisions[i], precisions[i + 1]);
        }
    }

    /**
     * Mean of the envelope at given recalls; where a recall is not reached it is 0.
     *
     * @param recalls from the first detection to the last, never falling
     * @param precisions of the same detections; becomes the envelope
     * @param at rising recalls
     */
    static double mean(double[] recalls, double[] precisions, double[] at) {
        of(precisions);
        double sum = 0;
        int i = 0;
        for (double recall : at) {
            while (i < recalls.length && recalls[i] < recall) {
                i++;
            }
            sum += i < recalls.length ? precisions[i] : 0;
        }
        return sum / at.length;
    }
}
