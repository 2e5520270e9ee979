package io.hardmine.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.hardmine.cli.experiment.ExperimentPage;
import io.hardmine.cli.option.Choices;
import io.hardmine.cli.option.DataOptions;
import io.hardmine.cli.terminal.ExitCode;
import io.hardmine.cli.terminal.Phase;
import io.hardmine.core.training.DefaultSettings;
import io.hardmine.core.training.Preset;
import io.hardmine.core.training.RunLock;
import io.hardmine.core.training.TrainingSettings;
import io.hardmine.datasets.AtomicFile;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.SplitOptions;
import io.hardmine.datasets.Splitter;
import io.hardmine.mining.experiment.Arm;
import io.hardmine.mining.experiment.ArmsFile;
import io.hardmine.mining.experiment.BuiltInPlan;
import io.hardmine.mining.experiment.ExperimentPlan;
import io.hardmine.mining.experiment.ExperimentResult;
import io.hardmine.mining.experiment.ExperimentTable;
import io.hardmine.mining.experiment.Failure;
import io.hardmine.mining.experiment.Reading;
import io.hardmine.mining.run.Fingerprint;
import io.hardmine.mining.run.OutputFolder;
import io.hardmine.mining.settings.RunSettings;
import io.hardmine.mining.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hardmine experiment}: several ways to train, on the same data, for as long, with several seeds. */
@Command(
        name = "experiment",
        description = {
            "Trains and evaluates several arms with several seeds, all for the same number of steps, and says which is better "
                    + "in what and whether the test pictures tell them apart.",
            "",
            "Writes DIR/experiment.html, .md, .csv, .json and .png; each run lies in DIR/runs/ARM/seed-N. The same command "
                    + "again goes on where it was stopped; more seeds may be added. --plan losses compares losses, example "
                    + "selection and bootstrapping; --plan background the share of background pictures, random against mined."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine experiment --data parts/ --background empty/ --plan losses --steps 2000 --out experiments/losses",
            "  hardmine experiment --data parts/ --background empty/ --plan background --preset fast --out experiments/bg",
            "  hardmine experiment --data parts/ --arms arms.yaml --seeds 1,2 --out experiments/mine",
            "",
            "An arms file:",
            "  arms:",
            "    - {name: plain, set: [loss.kind=cross_entropy]}",
            "    - {name: focal-1.5, set: [loss.kind=focal, loss.gamma=1.5], background: true}"
        })
final class ExperimentCommand implements Callable<Integer> {
    /** Chooses the settings that follow from the data, and the split of data that has none. */
    private static final long COMMON_SEED = 1;

    private static final String STEPS = "schedule.steps";

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of annotated pictures.")
    private Path folder;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder of the experiment.")
    private Path out;

    @Option(
            names = "--background",
            paramLabel = "DIR|LIST",
            description = "Pictures that hold no object, for the arms that use them.")
    private Path background;

    @ArgGroup
    private Arms arms = new Arms();

    private static final class Arms {
        @Option(names = "--arms", paramLabel = "F", description = "Arms in YAML.")
        private Path file;

        @Option(
                names = "--plan",
                paramLabel = "PLAN",
                completionCandidates = Choices.OfPlan.class,
                description = "Built-in arms: ${COMPLETION-CANDIDATES}. Default: losses.")
        private BuiltInPlan plan = BuiltInPlan.LOSSES;
    }

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,2,3",
            description = "Seeds; every arm is trained once with each. Default: ${DEFAULT-VALUE}.")
    private List<Long> seeds;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Steps of every run. Default: from the data and the preset.")
    private Long steps;

    @Option(names = "--settings", paramLabel = "F", description = "Settings of all arms in YAML.")
    private Path settingsFile;

    @Option(
            names = "--preset",
            paramLabel = "P",
            completionCandidates = Choices.OfPreset.class,
            description = "Size of the detector: ${COMPLETION-CANDIDATES}. Default: balanced.")
    private Preset preset = Preset.BALANCED;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            completionCandidates = Choices.OfAssignment.class,
            description = "One setting of all arms; an arm's own win. May be repeated. 'hardmine settings' lists them.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--reference",
            paramLabel = "ARM",
            description = "The arm that the others are compared with. Default: the first.")
    private String reference;

    @Option(names = "--dry-run", description = "Check everything and show what would be run.")
    private boolean dryRun;

    @Option(names = "--report-only", description = "Run nothing; write the tables of the runs that are done.")
    private boolean reportOnly;

    @Mixin
    private DataOptions data;

    private List<Picture> pool;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        OutputFolder.require(out);
        if (!dryRun && !reportOnly) {
            RunLock.requireFree(out);
        }
        PrintWriter err = spec.commandLine().getErr();
        LoadedDataset loaded = data.load(folder, err);
        if (reportOnly) {
            ExperimentPlan plan = planOfFolder();
            requireReference(plan);
            requireSameData(plan, loaded);
            boolean given = !loaded.givenSplits().isEmpty();
            return report(plan, given ? loaded : data.load(splitFolder(), err), List.of());
        }
        requireUsableNumbers();
        ExperimentPlan plan = plan(loaded);
        requireReference(plan);
        requireUnchanged(plan);
        List<ExperimentRun> runs = seeds.stream()
                .flatMap(seed -> plan.arms().stream().map(arm -> ExperimentRun.in(out, arm, seed)))
                .toList();
        err.println("%d runs: %d arms, seeds %s, %d steps each; %d done already"
                .formatted(
                        runs.size(),
                        plan.arms().size(),
                        seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                        plan.steps(),
                        runs.stream().filter(ExperimentRun::isDone).count()));
        err.flush();
        if (dryRun) {
            return rehearse(plan, loaded, runs.get(0));
        }
        return run(plan, loaded, runs);
    }

    private void requireUsableNumbers() {
        if (steps != null && steps < 1) {
            throw new ParameterException(spec.commandLine(), "--steps must be at least 1, not " + steps);
        }
        if (seeds.stream().distinct().count() < seeds.size()) {
            throw new ParameterException(spec.commandLine(), "--seeds names a seed twice");
        }
    }

    private ExperimentPlan planOfFolder() throws IOException {
        if (!Files.exists(planFile())) {
            throw new DataException(out + " holds no experiment: leave --report-only out to start one");
        }
        return ExperimentPlan.read(planFile());
    }

    private Path planFile() {
        return out.resolve("plan.json");
    }

    private ExperimentPlan plan(LoadedDataset loaded) throws IOException {
        Partition partition = split(loaded);
        if (partition.part(Split.TEST).pictures().isEmpty()) {
            throw new DataException(
                    "%s has no test pictures, which arms are compared on: make some with 'hardmine dataset split %s --anew'"
                            .formatted(folder, folder));
        }
        if (!partition.part(Split.TEST).hasObjects()) {
            throw new DataException(
                    "no test picture of %s has an object, and arms are compared on those".formatted(folder));
        }
        Dataset train = partition.part(Split.TRAIN);
        RunSettings common = settings(train, List.of());
        List<Arm> chosen = arms.file == null
                ? arms.plan.arms()
                : ArmsFile.read(arms.file, settings -> SettingsReader.set(settings, common));
        long length = steps == null ? steps(train, common.training().schedule()) : steps;
        for (Arm arm : chosen) {
            requireUsable(arm, train, length);
        }
        pool = background == null
                ? null
                : data.background(background, spec.commandLine().getErr());
        JsonNode settings = new YAMLMapper().readTree(SettingsReader.write(common));
        return new ExperimentPlan(
                folder.toString(),
                Fingerprint.of(loaded),
                background == null ? null : background.toString(),
                pool == null ? null : Fingerprint.of(pool),
                length,
                settings,
                chosen);
    }

    private void requireUsable(Arm arm, Dataset train, long length) {
        if (arm.background() && background == null) {
            throw new DataException("arm '%s' uses background pictures: give --background".formatted(arm.name()));
        }
        if (arm.value(STEPS).isPresent()) {
            throw new DataException(
                    "arm '%s' sets %s; all arms train for as many steps: use --steps".formatted(arm.name(), STEPS));
        }
        List<String> all = new ArrayList<>(List.of(steps(length)));
        all.addAll(arm.settings());
        try {
            settings(train, all);
        } catch (DataException e) {
            throw new DataException("arm '%s': %s".formatted(arm.name(), e.getMessage()), e);
        }
    }

    /** Defaults that follow from the data, over them the file, the flags, and more. */
    private RunSettings settings(Dataset train, List<String> more) {
        RunSettings settings = RunSettings.of(DefaultSettings.of(train, preset, COMMON_SEED));
        if (settingsFile != null) {
            settings = SettingsReader.read(settingsFile, settings);
        }
        return SettingsReader.set(more, SettingsReader.set(assignments, settings));
    }

    /** The steps that the settings have, or their epochs' without background pictures. */
    private static long steps(Dataset train, TrainingSettings.ScheduleSettings schedule) {
        long perEpoch = (train.pictures().size() + schedule.batch() - 1) / schedule.batch();
        return schedule.steps() > 0 ? schedule.steps() : schedule.epochs() * perEpoch;
    }

    private static String steps(long steps) {
        return STEPS + "=" + steps;
    }

    private void requireReference(ExperimentPlan plan) {
        List<String> names = plan.arms().stream().map(Arm::name).toList();
        if (reference == null) {
            reference = names.get(0);
        }
        if (!names.contains(reference)) {
            throw new DataException(
                    "--reference: there is no arm '%s'; there are %s".formatted(reference, String.join(", ", names)));
        }
    }

    private void requireUnchanged(ExperimentPlan plan) throws IOException {
        if (Files.exists(planFile())) {
            List<String> changes = plan.changesSince(ExperimentPlan.read(planFile()));
            if (!changes.isEmpty()) {
                throw new DataException("%s holds another experiment: %s. Give another --out, or the same plan"
                        .formatted(out, String.join("; ", changes)));
            }
        }
    }

    private void requireSameData(ExperimentPlan plan, LoadedDataset loaded) {
        if (!plan.dataFingerprint().equals(Fingerprint.of(loaded))) {
            throw new DataException("%s holds an experiment on other data: %s".formatted(out, plan.data()));
        }
    }

    /** The split that every run has, whatever its seed. */
    private static Partition split(LoadedDataset loaded) {
        return Splitter.partition(loaded, SplitOptions.defaults(COMMON_SEED));
    }

    private int rehearse(ExperimentPlan plan, LoadedDataset loaded, ExperimentRun first)
            throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        err.println("the first of them, %s with seed %d:".formatted(first.arm().name(), first.seed()));
        first.rehearse(data(folder, loaded), common(plan, loaded), err);
        err.println("dry run: nothing was written");
        spec.commandLine().getOut().print(ExperimentTable.settings(plan).markdown());
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private ExperimentData data(Path from, LoadedDataset loaded) {
        return new ExperimentData(from, loaded, background, pool == null ? List.of() : pool);
    }

    /** Settings of every run, before those of its arm. */
    private RunSettings common(ExperimentPlan plan, LoadedDataset loaded) {
        return settings(split(loaded).part(Split.TRAIN), List.of(steps(plan.steps())));
    }

    private int run(ExperimentPlan plan, LoadedDataset loaded, List<ExperimentRun> runs)
            throws IOException, InterruptedException {
        RunLock lock = RunLock.take(out);
        try {
            requireUnchanged(plan); // another experiment may have begun while the pictures were read
            return runAlone(plan, loaded, runs);
        } finally {
            lock.close();
        }
    }

    private int runAlone(ExperimentPlan plan, LoadedDataset loaded, List<ExperimentRun> runs)
            throws IOException, InterruptedException {
        AtomicFile.clearParts(out);
        plan.write(planFile());
        PrintWriter err = spec.commandLine().getErr();
        boolean given = !loaded.givenSplits().isEmpty();
        Path from = given ? folder : splitOnce(loaded, err);
        LoadedDataset split = given ? loaded : data.load(from, err);
        ExperimentRunner runner = new ExperimentRunner(data(from, split), common(plan, loaded), err);
        if (runner.run(runs) == ExitCode.STOPPED) {
            return ExitCode.STOPPED;
        }
        return report(plan, split, runner.failures());
    }

    /**
     * The data with one split for all runs. A training splits data that has no split by its own seed, and runs on other
     * test pictures could not be compared.
     */
    private Path splitOnce(LoadedDataset loaded, PrintWriter err) throws IOException {
        Path split = splitFolder();
        if (!Files.exists(split)) {
            err.println("the data has no split: a copy with one split for all runs goes to " + split);
            Path unfinished = out.resolve("data-unfinished");
            Folders.delete(unfinished); // of an experiment that was stopped here
            Partition partition = split(loaded);
            partition.warnings().forEach(w -> err.println("warning: " + w));
            Phase.during(
                    "copying pictures to " + unfinished,
                    err,
                    () -> CocoFolder.write(partition.dataset(), partition.splits(), unfinished));
            err.println(DatasetSplitCommand.describe(partition));
            Files.move(unfinished, split);
        }
        return split;
    }

    private Path splitFolder() {
        return out.resolve("data");
    }

    /** Writes all tables of what is done. */
    private int report(ExperimentPlan plan, LoadedDataset loaded, List<Failure> failures) throws IOException {
        Dataset test = split(loaded).part(Split.TEST);
        ExperimentResult result =
                Phase.of("comparing the arms", spec.commandLine().getErr(), () -> new DoneRuns(out, plan, test)
                        .compare(reference, failures));
        ExperimentPage.write(result, out);
        PrintWriter text = spec.commandLine().getOut();
        text.print(ExperimentTable.arms(result).markdown());
        text.println(Reading.headline(result));
        text.println("report: " + out.resolve("experiment.html"));
        text.flush();
        return failures.isEmpty() ? ExitCode.OK : ExitCode.DATA;
    }
}
