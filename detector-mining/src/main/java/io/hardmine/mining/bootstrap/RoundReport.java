package io.hardmine.mining.bootstrap;

import java.util.List;
import java.util.Locale;

/**
 * What a mining round found, and how good the detector was at that time.
 *
 * @param round counted from 0, which is the random beginning
 * @param step training steps done
 * @param pictures number of pictures searched; 0 in round 0 and after mining has ended, because no search takes place
 * @param cropsScored number of background crops that were scored, over all scales; null without a search
 * @param falseAlarms number of crops in which the detector fired; null without a search
 * @param perThousand false alarms per 1000 crops scored; null without a search
 * @param score lowest score of a false alarm; null without a search
 * @param added number of new members
 * @param again number of false alarms at the place of a member or a former member; null without a search
 * @param duplicates number of false alarms that show nearly the same as a member or a harder one
 * @param evicted number of members that left for harder ones
 * @param learnt number of members that left because the detector no longer fires there
 * @param size number of members after the round
 * @param histogram number of false alarms by score, in ten equal bins from 0 to 1; null without a search
 * @param last whether mining ended with this round
 * @param validation scores of the averaged weights on validation; null if no validation picture has an object
 * @param seconds that the round took
 */
public record RoundReport(
        int round,
        long step,
        int pictures,
        Long cropsScored,
        Long falseAlarms,
        Double perThousand,
        Double score,
        int added,
        Integer again,
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
        histogram = histogram == null ? null : List.copyOf(histogram);
    }

    /** Whether the round searched the pool. */
    public boolean searched() {
        return falseAlarms != null;
    }

    /** The round as one line of text. */
    public String sentence() {
        StringBuilder text = new StringBuilder("mining round %d (step %d): ".formatted(round, step));
        if (searched()) {
            text.append(words(
                    "%,d false alarms with a score of %.2f or more in %,d crops (%.1f per 100); %,d new, %,d known",
                    falseAlarms, score, cropsScored, perThousand / 10, added, again));
        } else if (round == 0) {
            text.append(words("begins with %,d random crops", added));
        } else {
            text.append("no search, since mining has ended");
        }
        text.append(words("; set holds %,d", size));
        if (validation != null) {
            text.append(words("; validation AP %.2f, ", validation.ap()))
                    .append(
                            validation.falseAlarmsAtRecall80() == null
                                    ? "recall 0.8 not reached"
                                    : words(
                                            "%.1f false alarms per picture at recall 0.8",
                                            validation.falseAlarmsAtRecall80()));
        }
        return text.append(searched() && last ? "; mining ends here" : "").toString();
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /**
     * How good the detector was before the round.
     *
     * @param ap COCO's AP
     * @param falseAlarmsAtRecall80 false alarms per picture at recall 0.8, IoU 0.5; null if that recall is not reached
     * @param falseAlarmsAtRecall90 the same at recall 0.9
     * @param onBackground share of the false alarms at recall 0.8, or at the highest recall that is reached, that lie
     *     where nothing is annotated, in [0, 1]; the others lie on objects of another class. Null if there are none
     */
    public record Validation(
            double ap, Double falseAlarmsAtRecall80, Double falseAlarmsAtRecall90, Double onBackground) {}
}
