package io.hardmine.mining.experiment;

import java.util.List;

/**
 * The results of an arm.
 *
 * @param arm the arm
 * @param runs finished runs, by rising seed; at least one
 */
public record ArmResult(Arm arm, List<RunResult> runs) {
    /** Copies the list. */
    public ArmResult {
        runs = List.copyOf(runs);
    }

    /** Median and range of a measure over the seeds. */
    public Spread spread(Measure measure) {
        return Spread.of(runs.stream().mapToDouble(r -> r.of(measure)).toArray());
    }
}
