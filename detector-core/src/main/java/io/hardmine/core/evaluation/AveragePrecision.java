package io.hardmine.core.evaluation;

import java.util.Arrays;

/**
 * Average precision of detections that are counted one by one, strongest first. The precision at a recall is that of
 * the envelope: the best precision at that recall or a higher one. Between two hits recall stays and precision falls,
 * so the curve keeps only the points at hits.
 */
final class AveragePrecision {
    private final long objects;
    private double[] recalls = new double[16];
    private double[] precisions = new double[16];
    private int points;
    private long hits;
    private long counted;

    /**
     * Starts with no detection counted.
     *
     * @param objects number of objects to find, at least 1
     */
    AveragePrecision(long objects) {
        this.objects = objects;
    }

    /** Counts the next detection. */
    void count(boolean hit) {
        count(hit, 1);
    }

    /**
     * Counts the next detection a number of times at once.
     *
     * @param copies how often, at least 0
     */
    void count(boolean hit, int copies) {
        counted += copies;
        if (hit && copies > 0) {
            hits += copies;
            if (points == recalls.length) {
                recalls = Arrays.copyOf(recalls, 2 * points);
                precisions = Arrays.copyOf(precisions, 2 * points);
            }
            recalls[points] = hits / (double) objects;
            precisions[points] = hits / (double) counted;
            points++;
        }
    }

    /**
     * Mean precision at given recalls; 0 counts for a recall that is not reached.
     *
     * @param at rising recalls in [0, 1]
     * @return in [0, 1]
     */
    double mean(double[] at) {
        double[] envelope = envelope();
        double sum = 0;
        int i = 0;
        for (double recall : at) {
            while (i < points && recalls[i] < recall) {
                i++;
            }
            if (i == points) {
                break;
            }
            sum += envelope[i];
        }
        return sum / at.length;
    }

    /** Area under the envelope over recall, in [0, 1]. */
    double area() {
        double[] envelope = envelope();
        double sum = 0;
        double before = 0;
        for (int i = 0; i < points; i++) {
            sum += (recalls[i] - before) * envelope[i];
            before = recalls[i];
        }
        return sum;
    }

    private double[] envelope() {
        double[] envelope = Arrays.copyOf(precisions, points);
        for (int i = points - 2; i >= 0; i--) {
            envelope[i] = Math.max(envelope[i], envelope[i + 1]);
        }
        return envelope;
    }
}
