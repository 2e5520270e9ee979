package io.hardmine.mining.experiment;

import java.util.List;

/**
 * What an arm reached.
 *
 * @param arm which
 * @param runs those that are done, by rising seed; at least one
 */
public record ArmResult(Arm arm, List<RunResult> runs) {
    /** Copies the list. */
    public ArmResult {
        runs = List.copyOf(runs);
    }

    /** A measure over the seeds. */
    public Spread spread(Measure measure) {
        return Spread.of(runs.stream().mapToDouble(r -> r.of(measure)).toArray());
    }
}
