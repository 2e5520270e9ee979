package io.hardmine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.hardmine.cli.experiment.ExperimentPage;
import io.hardmine.cli.settings.SettingsReader;
import io.hardmine.core.evaluation.CocoResults;
import io.hardmine.core.evaluation.WeightedEvaluation;
import io.hardmine.core.training.Preset;
import io.hardmine.core.training.Recommendation;
import io.hardmine.core.training.TrainingSettings;
import io.hardmine.datasets.BackgroundPool;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.SplitOptions;
import io.hardmine.datasets.Splitter;
import io.hardmine.mining.experiment.Arm;
import io.hardmine.mining.experiment.ArmResult;
import io.hardmine.mining.experiment.ArmsFile;
import io.hardmine.mining.experiment.BuiltInPlan;
import io.hardmine.mining.experiment.ExperimentPlan;
import io.hardmine.mining.experiment.ExperimentResult;
import io.hardmine.mining.experiment.ExperimentTable;
import io.hardmine.mining.experiment.Failure;
import io.hardmine.mining.experiment.Measure;
import io.hardmine.mining.experiment.RunResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
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

        @Option(names = "--plan", paramLabel = "PLAN", description = "losses or background. Default: losses.")
        private BuiltInPlan plan = BuiltInPlan.LOSSES;
    }

    @Option(
            names = "--seeds",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,2,3",
            description = "A run of each arm for each. Default: ${DEFAULT-VALUE}.")
    private List<Long> seeds;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Of every run. Default: what the data and the preset ask for.")
    private Long steps;

    @Option(names = "--settings", paramLabel = "F", description = "Settings of all arms in YAML.")
    private Path settingsFile;

    @Option(names = "--preset", paramLabel = "P", description = "fast, balanced, accurate or paper. Default: balanced.")
    private Preset preset = Preset.BALANCED;

    @Option(
            names = "--set",
            paramLabel = "FIELD=VALUE",
            description = "One setting of all arms; an arm's own win. May be repeated.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--reference",
            paramLabel = "ARM",
            description = "The arm that others are held against. Default: the first.")
    private String reference;

    @Option(names = "--dry-run", description = "Check everything, say what would be run, run nothing.")
    private boolean dryRun;

    @Option(names = "--report-only", description = "Run nothing; write the tables of the runs that are done.")
    private boolean reportOnly;

    @Mixin
    private DataOptions data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new DataException(out + " is a file; --out takes a folder");
        }
        PrintWriter err = spec.commandLine().getErr();
        LoadedDataset loaded = data.load(folder, err);
        if (reportOnly) {
            ExperimentPlan plan = planOfFolder();
            requireReference(plan);
            requireSameData(plan, loaded);
            return report(plan, loaded, List.of());
        }
        requireUsableNumbers();
        ExperimentPlan plan = plan(loaded);
        requireReference(plan);
        requireUnchanged(plan);
        List<ExperimentRun> runs = seeds.stream()
                .flatMap(seed -> plan.arms().stream().map(arm -> ExperimentRun.in(out, arm, seed)))
                .toList();
        err.println("%d runs: %d arms, seeds %s, %d steps each; %d are done"
                .formatted(
                        runs.size(),
                        plan.arms().size(),
                        seeds,
                        plan.steps(),
                        runs.stream().filter(ExperimentRun::isDone).count()));
        err.flush();
        if (dryRun) {
            return rehearse(plan, runs.get(0));
        }
        return run(plan, loaded, runs);
    }

    private void requireUsableNumbers() {
        if (steps != null && steps < 1) {
            throw new ParameterException(spec.commandLine(), "--steps must be at least 1, not " + steps);
        }
        if (seeds.stream().distinct().count() < seeds.size()) {
            throw new ParameterException(spec.commandLine(), "--seeds names a seed twice: " + seeds);
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
        Dataset train = split(loaded).part(Split.TRAIN);
        TrainingSettings common = settings(train, List.of());
        List<Arm> chosen = arms.file == null
                ? arms.plan.arms()
                : ArmsFile.read(arms.file, assignment -> SettingsReader.set(assignment, common));
        long length = steps == null ? recommendedSteps(train, common) : steps;
        for (Arm arm : chosen) {
            requireUsable(arm, train, length);
        }
        List<Picture> pool = background == null ? null : BackgroundPool.read(background);
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
        List<String> all = new ArrayList<>(arm.settings());
        all.add(steps(length));
        try {
            settings(train, all);
        } catch (DataException e) {
            throw new DataException("arm '%s': %s".formatted(arm.name(), e.getMessage()), e);
        }
    }

    /** Defaults that follow from the data, over them the file, the flags, and more. */
    private TrainingSettings settings(Dataset train, List<String> more) {
        TrainingSettings settings = Recommendation.of(train, preset, COMMON_SEED);
        if (settingsFile != null) {
            settings = SettingsReader.read(settingsFile, settings);
        }
        for (String assignment :
                Stream.concat(assignments.stream(), more.stream()).toList()) {
            settings = SettingsReader.set(assignment, settings);
        }
        return settings;
    }

    /** The epochs that the settings have, without background pictures. */
    private static long recommendedSteps(Dataset train, TrainingSettings settings) {
        int batch = settings.schedule().batch();
        long perEpoch = (train.pictures().size() + batch - 1) / batch;
        return settings.schedule().epochs() * perEpoch;
    }

    private static String steps(long steps) {
        return "schedule.epochs=" + steps; // DEV
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

    private int rehearse(ExperimentPlan plan, ExperimentRun first) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        err.println("the first of them, %s with seed %d:".formatted(first.arm().name(), first.seed()));
        List<String> command = first.training(common(folder, data.arguments(), plan), background());
        command.remove("--resume");
        command.add("--dry-run");
        int code = Hardmine.run(err, command);
        spec.commandLine().getOut().print(ExperimentTable.settings(plan).markdown());
        spec.commandLine().getOut().flush();
        return code;
    }

    private List<String> background() {
        return background == null ? List.of() : List.of("--background", background.toString());
    }

    /** What every training is told. */
    private List<String> common(Path from, List<String> format, ExperimentPlan plan) {
        List<String> common = new ArrayList<>(List.of("--data", from.toString()));
        common.addAll(format);
        common.addAll(List.of("--preset", preset.name()));
        if (settingsFile != null) {
            common.addAll(List.of("--settings", settingsFile.toString()));
        }
        assignments.forEach(a -> common.addAll(List.of("--set", a)));
        common.addAll(List.of("--set", steps(plan.steps())));
        return common;
    }

    private int run(ExperimentPlan plan, LoadedDataset loaded, List<ExperimentRun> runs) throws IOException {
        Files.createDirectories(out);
        plan.write(planFile());
        boolean given = !loaded.givenSplits().isEmpty();
        Path from = given ? folder : splitOnce();
        List<String> format = given ? data.arguments() : List.of();
        List<String> evaluated = new ArrayList<>(List.of("--data", from.toString()));
        evaluated.addAll(format);
        PrintWriter err = spec.commandLine().getErr();
        List<ExperimentRun> left = runs.stream().filter(r -> !r.isDone()).toList();
        List<Failure> failures = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < left.size(); i++) {
            ExperimentRun run = left.get(i);
            err.println("run %d of %d: %s, seed %d%s"
                    .formatted(
                            runs.size() - left.size() + i + 1,
                            runs.size(),
                            run.arm().name(),
                            run.seed(),
                            timing(System.nanoTime() - start, i, left.size())));
            err.flush();
            int code = train(run, common(from, format, plan));
            if (code == ExitCode.STOPPED) {
                return ExitCode.STOPPED;
            }
            if (code == ExitCode.OK) {
                code = run.evaluate(evaluated);
            }
            if (code != ExitCode.OK) {
                failures.add(new Failure(run.arm().name(), run.seed(), run.reason()));
                err.println("  failed: " + run.reason());
            }
        }
        LoadedDataset used = given ? loaded : data.load(from, err);
        return report(plan, used, failures);
    }

    private static String timing(long elapsed, int done, int all) {
        if (done == 0) {
            return "";
        }
        return " (%s so far, about %s left)"
                .formatted(
                        Console.duration(Duration.ofNanos(elapsed)),
                        Console.duration(Duration.ofNanos(elapsed / done * (all - done))));
    }

    /** Ctrl-C is the training's to handle; here it only has to be known of, and the JVM to wait for what is said. */
    private int train(ExperimentRun run, List<String> common) throws IOException {
        AtomicBoolean stopping = new AtomicBoolean();
        Interruption interruption = new Interruption(() -> stopping.set(true));
        try {
            int code = run.train(common, background());
            if (code == ExitCode.STOPPED || stopping.get()) {
                PrintWriter err = spec.commandLine().getErr();
                err.println("stopped; everything so far is kept. To go on, give the same command again.");
                err.flush();
                return ExitCode.STOPPED;
            }
            return code;
        } finally {
            interruption.over();
        }
    }

    /**
     * The data with one split for all runs. A training splits data that has no split by its own seed, and runs on other
     * test pictures could not be compared.
     */
    private Path splitOnce() throws IOException {
        Path split = out.resolve("data");
        if (!Files.exists(split)) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("the data has no split: a copy with one split for all runs goes to " + split);
            Path unfinished = out.resolve("data-unfinished");
            List<String> command = new ArrayList<>(List.of(
                    "dataset", "split", folder.toString(), "--seed", "" + COMMON_SEED, "--out", unfinished.toString()));
            command.addAll(data.arguments());
            if (Hardmine.run(err, command) != ExitCode.OK) {
                throw new DataException(folder + " could not be split; delete " + unfinished + " and try again");
            }
            Files.move(unfinished, split);
        }
        return split;
    }

    /** Writes all tables of what is done. */
    private int report(ExperimentPlan plan, LoadedDataset loaded, List<Failure> failures) throws IOException {
        Dataset test = split(loaded).part(Split.TEST);
        List<ArmResult> results = new ArrayList<>();
        Map<String, Map<Long, WeightedEvaluation>> judged = new LinkedHashMap<>();
        for (Arm arm : plan.arms()) {
            List<RunResult> done = new ArrayList<>();
            Map<Long, WeightedEvaluation> evaluations = new LinkedHashMap<>();
            for (ExperimentRun run : doneRuns(arm)) {
                RunResult result = run.result();
                WeightedEvaluation evaluation = judge(run, result, test);
                done.add(result);
                evaluations.put(run.seed(), evaluation);
            }
            if (!done.isEmpty()) {
                results.add(new ArmResult(arm, done));
                judged.put(arm.name(), evaluations);
            }
        }
        if (results.isEmpty()) {
            throw new DataException(out + ": no run is done" + (failures.isEmpty() ? "" : "; all failed, see above"));
        }
        ExperimentResult result =
                ExperimentResult.of(plan, results, judged, reference, failures, "Hardmine " + Version.text());
        ExperimentPage.write(result, out);
        PrintWriter text = spec.commandLine().getOut();
        text.print(ExperimentTable.arms(result).markdown());
        text.println("report: " + out.resolve("experiment.html"));
        text.flush();
        return failures.isEmpty() ? ExitCode.OK : ExitCode.DATA;
    }

    /** By rising seed. */
    private List<ExperimentRun> doneRuns(Arm arm) throws IOException {
        String prefix = "seed-";
        Path runs = ExperimentRun.in(out, arm, 0).files().root().getParent();
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.map(f -> f.getFileName().toString())
                    .filter(name -> name.matches(prefix + "-?\\d{1,18}"))
                    .map(name -> Long.parseLong(name.substring(prefix.length())))
                    .sorted()
                    .map(seed -> ExperimentRun.in(out, arm, seed))
                    .filter(ExperimentRun::isDone)
                    .toList();
        }
    }

    /** Judges a run's detections again; that they score what its report says makes sure that pictures and report belong. */
    private static WeightedEvaluation judge(ExperimentRun run, RunResult result, Dataset test) {
        WeightedEvaluation evaluation =
                WeightedEvaluation.of(test, CocoResults.read(run.report("detections.json"), test));
        int[] once = Stream.generate(() -> 1)
                .limit(evaluation.pictures())
                .mapToInt(i -> i)
                .toArray();
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
