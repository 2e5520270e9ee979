package io.hardmine.cli.command;

import io.hardmine.cli.option.Choices;
import io.hardmine.cli.option.DataOptions;
import io.hardmine.cli.option.SettingsOptions;
import io.hardmine.cli.option.TrainingOptions;
import io.hardmine.core.training.RunLock;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Picture;
import io.hardmine.mining.experiment.BuiltInPlan;
import io.hardmine.mining.run.Experiment;
import io.hardmine.mining.run.ExperimentData;
import io.hardmine.mining.run.ExperimentFolder;
import io.hardmine.mining.run.OutputFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code hardmine experiment}: compares ways to train on the same data, with the same number of steps and several
 * seeds.
 */
@Command(
        name = "experiment",
        description = {
            "Trains and evaluates several arms with several seeds, all for the same number of steps, and says which "
                    + "arm is better in which measure, and whether the test pictures tell them apart.",
            "",
            "Writes DIR/experiment.html, .md, .csv, .json and .png; each run lies in DIR/runs/ARM/seed-N. The same command "
                    + "again goes on where it was stopped; more seeds may be added. --plan losses compares losses, example "
                    + "selection and bootstrapping; --plan background the share of background pictures, random against mined; --plan recipe the default "
                    + "recipe with recipes that lack one of its parts.",
            "",
            "Settings and background are those of all arms. An arm's own settings win, and only arms that ask for background get it."
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
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of annotated pictures.")
    private Path folder;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder of the experiment.")
    private Path out;

    @Mixin
    private TrainingOptions training;

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

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireUsableNumbers();
        OutputFolder.require(out);
        if (!dryRun && !reportOnly) {
            RunLock.requireFree(out);
        }
        PrintWriter err = spec.commandLine().getErr();
        ExperimentSession session = new ExperimentSession(
                new ExperimentFolder(out), reference, data, spec.commandLine().getOut(), err);
        LoadedDataset loaded = data.load(folder, err);
        if (reportOnly) {
            return session.report(loaded);
        }
        Path background = training.background();
        List<Picture> pool = background == null ? List.of() : data.background(background, err);
        ExperimentData pictures = new ExperimentData(folder, loaded, background, pool);
        Experiment experiment = experiment(pictures);
        return dryRun ? session.rehearse(experiment, pictures, seeds) : session.run(experiment, pictures, seeds);
    }

    private void requireUsableNumbers() {
        if (steps != null && steps < 1) {
            throw new ParameterException(spec.commandLine(), "--steps must be at least 1, not " + steps);
        }
        if (seeds.stream().distinct().count() < seeds.size()) {
            throw new ParameterException(spec.commandLine(), "--seeds names a seed twice");
        }
    }

    private Experiment experiment(ExperimentData pictures) throws IOException {
        SettingsOptions settings = training.settings();
        Experiment.Builder builder =
                Experiment.on(pictures).set(settings.assignments()).steps(steps);
        settings.preset().ifPresent(builder::preset);
        settings.file().ifPresent(builder::settings);
        return (arms.file == null ? builder.arms(arms.plan.arms()) : builder.arms(arms.file)).plan();
    }
}
