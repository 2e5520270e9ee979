package io.hardmine.mining.experiment;

import io.hardmine.core.evaluation.WeightedEvaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of an experiment, immutable.
 *
 * @param plan what was compared
 * @param arms results of each arm, in the plan's order; arms without a finished run are left out
 * @param reference name of the arm that the others are compared with
 * @param comparisons each arm against the reference, and mined against random background if they differ in nothing else
 * @param failures runs that did not finish
 * @param pictures number of test pictures
 * @param resamples number of draws of the bootstrap
 * @param program version of Hardmine
 */
public record ExperimentResult(
        ExperimentPlan plan,
        List<ArmResult> arms,
        String reference,
        List<Comparison> comparisons,
        List<Failure> failures,
        int pictures,
        int resamples,
        String program) {
    /** Number of draws of the bootstrap. */
    public static final int RESAMPLES = 1000;

    private static final long BOOTSTRAP_SEED = 1;

    /** A detector with a lower AP50 has learned nothing. */
    private static final double NOTHING_LEARNT = 0.01;

    /** Copies the lists. */
    public ExperimentResult {
        arms = List.copyOf(arms);
        comparisons = List.copyOf(comparisons);
        failures = List.copyOf(failures);
    }

    /**
     * Compares the arms.
     *
     * @param judged evaluation of each run's detections on the test pictures, by arm name and seed
     */
    public static ExperimentResult of(
            ExperimentPlan plan,
            List<ArmResult> arms,
            Map<String, Map<Long, WeightedEvaluation>> judged,
            String reference,
            List<Failure> failures,
            String program) {
        PairedBootstrap bootstrap = new PairedBootstrap(RESAMPLES, BOOTSTRAP_SEED);
        Map<String, Map<Long, PairedBootstrap.Scores>> scores = new LinkedHashMap<>();
        judged.forEach((arm, runs) -> {
            Map<Long, PairedBootstrap.Scores> ofArm = new LinkedHashMap<>();
            runs.forEach((seed, run) -> ofArm.put(seed, bootstrap.scores(run)));
            scores.put(arm, ofArm);
        });
        List<Comparison> comparisons = new ArrayList<>();
        for (ArmResult arm : arms) {
            if (!arm.arm().name().equals(reference)) {
                compare(arm.arm().name(), reference, scores, comparisons);
            }
        }
        BackgroundSweep.randomOfMined(plan.arms()).forEach((mined, random) -> {
            if (!random.equals(reference)) {
                compare(mined, random, scores, comparisons);
            }
        });
        int pictures = judged.values().stream()
                .flatMap(runs -> runs.values().stream())
                .mapToInt(WeightedEvaluation::pictures)
                .findFirst()
                .orElse(0);
        return new ExperimentResult(plan, arms, reference, comparisons, failures, pictures, RESAMPLES, program);
    }

    /** Whether any run has learned to detect anything. If not, differences between the arms mean nothing. */
    public boolean hasLearnt() {
        return arms.stream().anyMatch(arm -> arm.spread(Measure.AP50).most() >= NOTHING_LEARNT);
    }

    /** Compares two arms by the seeds that are finished for both. */
    private static void compare(
            String arm,
            String reference,
            Map<String, Map<Long, PairedBootstrap.Scores>> scores,
            List<Comparison> comparisons) {
        Map<Long, PairedBootstrap.Scores> ofArm = scores.getOrDefault(arm, Map.of());
        Map<Long, PairedBootstrap.Scores> ofReference = scores.getOrDefault(reference, Map.of());
        List<Long> seeds =
                ofArm.keySet().stream().filter(ofReference::containsKey).toList();
        if (seeds.isEmpty()) {
            return;
        }
        for (Measure measure : PairedBootstrap.MEASURES) {
            comparisons.add(PairedBootstrap.compare(
                    arm,
                    seeds.stream().map(ofArm::get).toList(),
                    reference,
                    seeds.stream().map(ofReference::get).toList(),
                    measure));
        }
    }
}
