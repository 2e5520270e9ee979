package io.hardmine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.cli.doctor.Finding;
import io.hardmine.cli.doctor.Machine;
import io.hardmine.cli.settings.SettingsReader;
import io.hardmine.core.loss.ExampleSelection;
import io.hardmine.core.training.Preset;
import io.hardmine.core.training.Recommendation;
import io.hardmine.core.training.RunFolder;
import io.hardmine.core.training.Trainer;
import io.hardmine.core.training.TrainingSettings;
import io.hardmine.core.training.TrainingTask;
import io.hardmine.datasets.BackgroundPool;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.SplitOptions;
import io.hardmine.datasets.Splitter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardmine train}. */
@Command(
        name = "train",
        description = {
            "Trains a detector on a folder of annotated pictures.",
            "",
            "Size of the input, anchors and length follow from the data; a preset chooses the detector's size, a settings "
                    + "file or --set change anything. The weights that score best on validation become RUN/model.zip. "
                    + "Ctrl-C finishes the step and saves; --resume goes on to the same result as if nothing had happened."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine train --data pictures --out runs/first",
            "  hardmine train --data pictures --out runs/long --preset accurate --set schedule.epochs=200",
            "  hardmine train --data pictures --background empty-scenes --out runs/fewer-false-alarms",
            "  hardmine train --data pictures --out runs/first --resume",
            "%nRUN holds: model.zip, metrics.jsonl, settings.yaml (--settings takes it), split.json, checkpoints/."
        })
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of annotated pictures.")
    private Path data;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "Folder for what the run writes.")
    private Path out;

    @Option(
            names = "--background",
            paramLabel = "DIR|LIST",
            description =
                    "Pictures without any object: a folder, or a file with one path a line. They join every epoch "
                            + "as empty pictures, up to the share that background_share says (0.2 without a settings file).")
    private Path background;

    @Option(names = "--settings", paramLabel = "FILE", description = "YAML file of settings; flags win over it.")
    private Path settingsFile;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            defaultValue = "BALANCED",
            description = "Size of the detector: fast, balanced, accurate or paper. Default: balanced.")
    private Preset preset;

    @Option(names = "--seed", paramLabel = "N", description = "Of everything random. Default: 1.")
    private Long seed;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training pictures.")
    private Integer epochs;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Any setting by its dotted name, such as loss.gamma=1.5; --dry-run lists them all.")
    private List<String> changes = new ArrayList<>();

    @Option(names = "--resume", description = "Go on from RUN's last checkpoint, with the settings of that run.")
    private boolean resume;

    @Option(names = "--overwrite", description = "Begin anew in a RUN that holds another run.")
    private boolean overwrite;

    @Option(names = "--dry-run", description = "Check data, settings and machine, say what would be done, and stop.")
    private boolean dryRun;

    @Mixin
    private DataOptions dataOptions;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter print = spec.commandLine().getOut();
        RunFolder run = new RunFolder(out);
        Path settingsOfRun = out.resolve("settings.yaml");
        Path splitOfRun = out.resolve("split.json");
        if (Files.exists(run.last()) && !resume && !overwrite && !dryRun) {
            throw new DataException(
                    "%s holds a run already: go on with --resume, begin anew with --overwrite, or choose another --out"
                            .formatted(out));
        }
        if (resume && !Files.exists(settingsOfRun)) {
            throw new DataException("%s holds no run to resume".formatted(out));
        }
        warnOfSlowSetup(print);
        LoadedDataset loaded = dataOptions.load(data, print);
        long chosenSeed = seed == null ? 1 : seed;
        Partition partition = resume
                ? Partition.stored(new ObjectMapper().readTree(splitOfRun.toFile()), loaded)
                : Splitter.partition(loaded, SplitOptions.defaults(chosenSeed));
        print.printf(
                "split: %s: %d training, %d validation, %d test pictures%n",
                partition.how(),
                partition.part(Split.TRAIN).pictures().size(),
                partition.part(Split.VALIDATION).pictures().size(),
                partition.part(Split.TEST).pictures().size());
        partition.warnings().forEach(w -> print.println("note: " + w));
        List<Picture> empty = background == null ? List.of() : BackgroundPool.read(background);
        TrainingSettings recommended = Recommendation.of(partition.part(Split.TRAIN), preset, chosenSeed);
        TrainingSettings settings = resume ? SettingsReader.read(settingsOfRun, recommended) : configured(recommended);
        TrainingTask task = new TrainingTask(
                partition.part(Split.TRAIN),
                partition.part(Split.VALIDATION),
                empty,
                settings,
                ExampleSelection.ALL,
                provenance(loaded, partition));
        TrainingView view = new TrainingView(print, !dryRun && System.console() != null);
        Trainer trainer = new Trainer(task, run, view);
        if (dryRun) {
            print.printf("%nsettings:%n");
            print.print(SettingsReader.write(settings));
            trainer.rehearse();
            print.printf("%nAll is well; nothing was written to %s.%n", out);
            return ExitCode.OK;
        }
        if (!resume) {
            Files.createDirectories(out);
            Files.writeString(settingsOfRun, SettingsReader.write(settings));
            Files.write(splitOfRun, new ObjectMapper().writeValueAsBytes(partition.toJson()));
        }
        return run(trainer, view, print, run);
    }

    /** What follows from the data, a settings file over it, flags over that. */
    private TrainingSettings configured(TrainingSettings recommended) {
        TrainingSettings settings = settingsFile == null ? recommended : SettingsReader.read(settingsFile, recommended);
        for (String change : changes) {
            settings = SettingsReader.set(change, settings);
        }
        if (seed != null) {
            settings = SettingsReader.set("seed=" + seed, settings);
        }
        if (epochs != null) {
            settings = SettingsReader.set("schedule.epochs=" + epochs, settings);
        }
        return settings;
    }

    private void warnOfSlowSetup(PrintWriter print) {
        Machine.inspect().stream()
                .filter(f -> f.status() != Finding.Status.GOOD)
                .forEach(f -> print.printf("slow set-up: %s: %s → %s%n", f.check(), f.found(), f.advice()));
    }

    private static JsonNode provenance(LoadedDataset loaded, Partition partition) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("name", loaded.dataset().name());
        json.put("format", loaded.summary().format());
        json.put("pictures", loaded.summary().pictures());
        json.put("boxes", loaded.summary().boxes());
        json.set("split", partition.toJson());
        return json;
    }

    private Integer run(Trainer trainer, TrainingView view, PrintWriter print, RunFolder folder)
            throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Thread onInterrupt = new Thread(() -> {
            trainer.stop();
            try {
                ended.await(5, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            Trainer.Outcome outcome = trainer.run(resume);
            view.close();
            if (outcome == Trainer.Outcome.STOPPED) {
                print.printf(
                        "%nStopped; all is saved. Go on with:%n  hardmine train --data %s --out %s --resume%n",
                        data, out);
                print.flush();
                return ExitCode.OK;
            }
            print.printf("%nThe model is %s. See how good it is:%n", folder.model());
            print.printf(
                    "  hardmine evaluate --model %s --data %s --out %s%n", folder.model(), data, out.resolve("report"));
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
            return ExitCode.OK;
        } finally {
            view.close();
            print.flush();
            ended.countDown();
        }
    }
}
