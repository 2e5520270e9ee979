package io.hardmine.mining.bootstrap;

import java.util.List;

/**
 * What a round of mining found, and how good the detector was then.
 *
 * @param round counted from 0, which is the random beginning
 * @param step training steps done
 * @param pictures looked at
 * @param cropsScored pieces of background that were scored, over all scales
 * @param falseAlarms crops in which the detector fired
 * @param perThousand false alarms for each 1000 crops scored
 * @param added new members
 * @param again false alarms where a member is or was
 * @param duplicates false alarms that show nearly the same as a harder one
 * @param evicted members that left for harder ones
 * @param learnt members that left because the detector no longer fires there
 * @param size members afterwards
 * @param histogram false alarms by score, in ten equal bins from 0 to 1
 * @param last whether mining ended with this round
 * @param validation scores of the averaged weights on validation; null without validation pictures
 * @param seconds that the round took
 */
public record RoundReport(
        int round,
        long step,
        int pictures,
        long cropsScored,
        long falseAlarms,
        double perThousand,
        int added,
        int again,
        int duplicates,
        int evicted,
        int learnt,
        int size,
        List<Long> histogram,
        boolean last,
        Validation validation,
        double seconds) {
    /** Copies the list. */
    public RoundReport {
        histogram = List.copyOf(histogram);
    }

    /**
     * How good the detector was before the round.
     *
     * @param ap COCO's AP
     * @param falseAlarmsAtRecall80 false alarms per picture at recall 0.8, IoU 0.5; null where that recall is not reached
     * @param falseAlarmsAtRecall90 the same at recall 0.9
     */
    public record Validation(double ap, Double falseAlarmsAtRecall80, Double falseAlarmsAtRecall90) {}
}
