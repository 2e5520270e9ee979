package io.hardmine.mining.run;

import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.coco.CocoFolder;
import io.hardmine.datasets.file.AtomicFile;
import io.hardmine.datasets.file.FileTree;
import io.hardmine.mining.experiment.ExperimentPlan;
import io.hardmine.mining.experiment.ExperimentResult;
import io.hardmine.mining.experiment.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of an experiment: {@code plan.json}, the runs in {@code runs/ARM/seed-N}, and in {@code data} a copy of
 * the pictures if they came without a split.
 *
 * @param root of the experiment, which need not exist
 */
public record ExperimentFolder(Path root) {
    private Path planFile() {
        return root.resolve("plan.json");
    }

    /** Folder of pictures with one split for all runs; it exists only if the data had no split. */
    public Path splitData() {
        return root.resolve("data");
    }

    /**
     * The plan of the experiment that was begun here.
     *
     * @throws DataException if there is none, or it is on other data
     */
    public ExperimentPlan plan(LoadedDataset loaded) throws IOException {
        if (!Files.exists(planFile())) {
            throw new DataException(root + " holds no experiment: leave --report-only out to start one");
        }
        ExperimentPlan plan = ExperimentPlan.read(planFile());
        if (!plan.dataFingerprint().equals(Fingerprint.of(loaded))) {
            throw new DataException("%s holds an experiment on other data: %s".formatted(root, plan.data()));
        }
        return plan;
    }

    /**
     * Makes sure that no other experiment was begun here.
     *
     * @throws DataException if one was, naming the differences
     */
    public void requireUnchanged(ExperimentPlan plan) throws IOException {
        if (Files.exists(planFile())) {
            List<String> changes = plan.changesSince(ExperimentPlan.read(planFile()));
            if (!changes.isEmpty()) {
                throw new DataException("%s holds another experiment: %s. Give another --out, or the same plan"
                        .formatted(root, String.join("; ", changes)));
            }
        }
    }

    /**
     * Begins or continues the experiment. The folder must be locked.
     *
     * @throws DataException if another one was begun here
     */
    public void begin(ExperimentPlan plan) throws IOException {
        requireUnchanged(plan);
        AtomicFile.clearParts(root);
        plan.write(planFile());
    }

    /** Whether the pictures were copied with a split. */
    public boolean hasSplitData() {
        return Files.exists(splitData());
    }

    /**
     * Copies the pictures with one split for all runs. Otherwise each training would split the data by its own seed,
     * and runs with different test pictures could not be compared.
     */
    public void writeSplitData(Partition partition) throws IOException {
        Path unfinished = root.resolve("data-unfinished");
        FileTree.delete(unfinished); // of an experiment that was stopped here
        CocoFolder.write(partition.dataset(), partition.splits(), unfinished);
        Files.move(unfinished, splitData());
    }

    /**
     * The runs of every arm with every seed, in the order in which they are done: a seed for all arms, then the next.
     */
    public List<ExperimentRun> runs(ExperimentPlan plan, List<Long> seeds) {
        return seeds.stream()
                .flatMap(seed -> plan.arms().stream().map(arm -> ExperimentRun.of(root, arm, seed)))
                .toList();
    }

    /**
     * Compares the arms by all finished runs.
     *
     * @param test pictures that every run is evaluated on
     * @param reference name of the arm that the others are compared with
     * @param failures runs that failed
     * @throws DataException if no run is done, or a report and the detections beside it do not belong together
     */
    public ExperimentResult compare(ExperimentPlan plan, Dataset test, String reference, List<Failure> failures)
            throws IOException {
        return new DoneRuns(root, plan, test).compare(reference, failures);
    }
}
