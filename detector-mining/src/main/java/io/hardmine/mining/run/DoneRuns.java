package io.hardmine.mining.run;

import io.hardmine.core.evaluation.CocoResults;
import io.hardmine.core.evaluation.WeightedEvaluation;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.mining.experiment.Arm;
import io.hardmine.mining.experiment.ArmResult;
import io.hardmine.mining.experiment.ExperimentPlan;
import io.hardmine.mining.experiment.ExperimentResult;
import io.hardmine.mining.experiment.Failure;
import io.hardmine.mining.experiment.Measure;
import io.hardmine.mining.experiment.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The finished runs in the folder of an experiment.
 *
 * @param folder of the experiment
 * @param plan names the arms
 * @param test pictures that every run is evaluated on
 */
record DoneRuns(Path folder, ExperimentPlan plan, Dataset test) {
    private static final String SEED = "seed-";

    /**
     * Compares the arms by their finished runs.
     *
     * @param reference name of the arm that the others are compared with
     * @param failures runs that failed
     * @throws DataException if no run is done, or a report and the detections beside it do not belong together
     */
    ExperimentResult compare(String reference, List<Failure> failures) throws IOException {
        List<ArmResult> results = new ArrayList<>();
        Map<String, Map<Long, WeightedEvaluation>> judged = new LinkedHashMap<>();
        for (Arm arm : plan.arms()) {
            List<RunResult> done = new ArrayList<>();
            Map<Long, WeightedEvaluation> evaluations = new LinkedHashMap<>();
            for (ExperimentRun run : of(arm)) {
                RunResult result = run.result();
                done.add(result);
                evaluations.put(run.seed(), judge(run, result));
            }
            if (!done.isEmpty()) {
                results.add(new ArmResult(arm, done));
                judged.put(arm.name(), evaluations);
            }
        }
        if (results.isEmpty()) {
            throw new DataException("%s: no run is done%s"
                    .formatted(
                            folder,
                            failures.isEmpty()
                                    ? ""
                                    : "; the first failed: " + failures.get(0).reason()));
        }
        return ExperimentResult.of(plan, results, judged, reference, failures, "Hardmine " + BuildVersion.text());
    }

    /** The finished runs of an arm, by rising seed. */
    private List<ExperimentRun> of(Arm arm) throws IOException {
        Path runs = ExperimentRun.of(folder, arm, 0).files().root().getParent();
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.map(f -> f.getFileName().toString())
                    .filter(name -> name.matches(SEED + "-?\\d{1,18}"))
                    .map(name -> Long.parseLong(name.substring(SEED.length())))
                    .sorted()
                    .map(seed -> ExperimentRun.of(folder, arm, seed))
                    .filter(ExperimentRun::isDone)
                    .toList();
        }
    }

    /** Scores the detections of a run again. They belong to its report if the scores are equal. */
    private WeightedEvaluation judge(ExperimentRun run, RunResult result) {
        WeightedEvaluation evaluation =
                WeightedEvaluation.of(test, CocoResults.read(run.report("detections.json"), test));
        int[] once = IntStream.generate(() -> 1).limit(evaluation.pictures()).toArray();
        double[] alarms = evaluation.falseAlarms(once, 0.8, 0.9);
        boolean same = alarms[0] == result.of(Measure.ALARMS_AT_80)
                && alarms[1] == result.of(Measure.ALARMS_AT_90)
                && evaluation.ap50(once) == result.of(Measure.AP50);
        if (!same) {
            throw new DataException(
                    "%s does not fit its detections on these test pictures; delete it, and the run is evaluated again"
                            .formatted(run.report("report.json")));
        }
        return evaluation;
    }
}
