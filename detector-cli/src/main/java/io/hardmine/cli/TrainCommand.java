package io.hardmine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.cli.doctor.Finding;
import io.hardmine.cli.doctor.Machine;
import io.hardmine.cli.gallery.RoundGalleries;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.training.BackgroundSource;
import io.hardmine.core.training.DefaultSettings;
import io.hardmine.core.training.NotFiniteException;
import io.hardmine.core.training.Preset;
import io.hardmine.core.training.RunFolder;
import io.hardmine.core.training.RunLock;
import io.hardmine.core.training.Trainer;
import io.hardmine.core.training.TrainingSettings;
import io.hardmine.core.training.TrainingTask;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.SplitOptions;
import io.hardmine.datasets.Splitter;
import io.hardmine.datasets.reading.ContentHash;
import io.hardmine.mining.bootstrap.Bootstrap;
import io.hardmine.mining.bootstrap.BootstrapSettings;
import io.hardmine.mining.bootstrap.Decisions;
import io.hardmine.mining.bootstrap.Pool;
import io.hardmine.mining.settings.RunSettings;
import io.hardmine.mining.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hardmine train}: from annotated pictures to a model. */
@Command(
        name = "train",
        description = {
            "Trains a detector on a folder of annotated pictures and writes RUN/model.zip.",
            "",
            "Size of the input, anchors and length of the training follow from the data; a preset sets the detector's size, a "
                    + "settings file or --set any single value. The time it will take is printed first. Without validation "
                    + "pictures some are carved from training; test pictures are never looked at."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hardmine train --data parts/ --out run --dry-run    # checks, trains nothing",
            "  hardmine train --data parts/ --out run",
            "  hardmine train --data parts/ --out run --resume     # goes on after Ctrl-C",
            "  hardmine train --data parts/ --background empty/ --preset fast --out quick",
            "  hardmine train --data parts/ --background empty/ \\",
            "      --set bootstrap.source=mined --out mined        # hard negative mining",
            "  hardmine train --data parts/ --set schedule.epochs=40 --seed 2 --out long",
            "",
            "RUN/settings.yaml holds all settings that were used; a copy of it is a good start for a settings file."
        })
final class TrainCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of annotated pictures.")
    private Path folder;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "Folder of the run.")
    private Path out;

    @Option(
            names = "--background",
            paramLabel = "DIR|LIST",
            description = "Pictures that hold no object, a folder or a list file; some join every epoch.")
    private Path background;

    @Option(names = "--settings", paramLabel = "F", description = "Settings in YAML; flags win over them.")
    private Path settingsFile;

    @Option(
            names = "--preset",
            paramLabel = "P",
            completionCandidates = Choices.OfPreset.class,
            description = "Size of the detector: ${COMPLETION-CANDIDATES}. Default: balanced.")
    private Preset preset = Preset.BALANCED;

    @Option(names = "--seed", paramLabel = "N", description = "Of everything random. Default: 1.")
    private Long seed;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            completionCandidates = Choices.OfAssignment.class,
            description = "One setting, such as schedule.epochs=40; may be repeated. 'hardmine settings' lists them.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--resume", description = "Go on from the run's last checkpoint.")
    private boolean resume;

    @Option(names = "--dry-run", description = "Check data and settings, estimate the time, train nothing.")
    private boolean dryRun;

    @Option(names = "--quiet", description = "No progress bar.")
    private boolean quiet;

    @Mixin
    private DataOptions data;

    @Mixin
    private DecisionOptions decisions;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        RunFolder run = new RunFolder(out);
        requireRightFolder(run);
        if (!dryRun) {
            RunLock.requireFree(out);
        }
        settings(
                new Dataset("nothing yet", List.of(), List.of())); // a mistake in them is said before pictures are read
        LoadedDataset loaded = data.load(folder, err);
        RunSettings overAll = settings(loaded.dataset());
        Partition partition = partition(loaded, overAll.training().seed());
        Dataset train = partition.part(Split.TRAIN);
        RunSettings settings = settings(train);
        List<Picture> pool = background == null ? List.of() : data.background(background, err);
        List<Picture> all = new ArrayList<>(pool);
        all.addAll(train.pictures());
        Decisions decided = decisions.read(all, err);
        List<Picture> backgroundPictures = decided.ignoring(pool);
        train = train.withPictures(decided.ignoring(train.pictures()));
        Map<Path, String> contents = dryRun ? Map.of() : contents(loaded, backgroundPictures);
        if (resume) {
            inputs().requireSamePictures(partition, backgroundPictures, contents);
        }
        err.println(DatasetSplitCommand.describe(partition));
        partition.warnings().forEach(w -> err.println("warning: " + w));
        warnOfSlowMachine(err);
        err.flush();
        try (TrainingProgress progress =
                new TrainingProgress(err, !quiet, settings.training().schedule().batch())) {
            TrainingTask task = new TrainingTask(
                    train,
                    partition.part(Split.VALIDATION),
                    backgroundPictures,
                    source(settings, partition, train, backgroundPictures, progress),
                    settings.training(),
                    settings.selection().create(),
                    settings.selection().repetition(),
                    contents,
                    provenance(loaded, partition, backgroundPictures.size(), decided));
            Trainer trainer = new Trainer(task, run, progress);
            if (dryRun) {
                trainer.rehearse();
                err.println("dry run: nothing was written");
                return ExitCode.OK;
            }
            try (Interruption interruption = new Interruption(() -> {
                        progress.say("stopping after this step; Ctrl-C again ends at once");
                        trainer.stop();
                    });
                    RunLock lock = RunLock.take(out)) {
                requireRightFolder(run); // another training may have used it while the pictures were read
                if (!resume) {
                    inputs().write(settings, partition, backgroundPictures, contents);
                }
                int code = train(trainer, lock, progress, run);
                return interruption.isAsked() ? ExitCode.STOPPED : code; // what would come next is not wanted either
            }
        }
    }

    private RunInputs inputs() {
        return new RunInputs(out);
    }

    /** SHA-256 of every picture that is trained with. */
    private static Map<Path, String> contents(LoadedDataset loaded, List<Picture> backgroundPictures) {
        Map<Path, String> contents = new ConcurrentHashMap<>();
        loaded.dataset()
                .pictures()
                .forEach(p -> contents.put(p.file(), loaded.hashes().get(p.name())));
        backgroundPictures.parallelStream().forEach(p -> {
            try {
                contents.put(p.file(), ContentHash.of(p.file()));
            } catch (IOException e) {
                throw new DataException("%s cannot be read: %s".formatted(p.file(), e.getMessage()), e);
            }
        });
        return contents;
    }

    /** Bootstrapping, where it is asked for: on training pictures and background, and nothing that is held out. */
    private BackgroundSource source(
            RunSettings settings,
            Partition partition,
            Dataset train,
            List<Picture> backgroundPictures,
            TrainingProgress progress) {
        if (settings.bootstrap().source() == BootstrapSettings.Source.NONE) {
            return null;
        }
        List<Picture> pictures = new ArrayList<>(backgroundPictures);
        pictures.addAll(train.pictures());
        List<Picture> heldOut = new ArrayList<>(partition.part(Split.VALIDATION).pictures());
        heldOut.addAll(partition.part(Split.TEST).pictures());
        TrainingSettings.Input input = settings.training().input();
        Path rounds = out.resolve("bootstrap");
        return new Bootstrap(
                settings.bootstrap(),
                new Pool(pictures, heldOut),
                partition.part(Split.VALIDATION),
                new Preprocessing(input.shortSide(), input.longSide()),
                settings.training().seed(),
                rounds,
                new RoundGalleries(rounds, train.categoryNames(), progress));
    }

    private int train(Trainer trainer, RunLock lock, TrainingProgress progress, RunFolder run)
            throws IOException, InterruptedException {
        try {
            if (trainer.run(lock, resume) == Trainer.Outcome.STOPPED) {
                progress.say("stopped; everything so far is kept. To go on: " + resumeCommand());
                return ExitCode.STOPPED;
            }
        } catch (NotFiniteException e) {
            throw e; // the same settings would end in the same numbers
        } catch (DataException e) {
            throw trainer.kept() < 0
                    ? e
                    : new DataException("%s. %s".formatted(e.getMessage().replaceFirst("\\.$", ""), kept(trainer)), e);
        } catch (IOException | RuntimeException e) {
            if (trainer.kept() >= 0) {
                progress.say(kept(trainer));
            }
            throw e;
        }
        progress.say("model: " + run.model());
        return ExitCode.OK;
    }

    private String kept(Trainer trainer) {
        return "The first %d steps are kept; when this is put right, go on with: %s"
                .formatted(trainer.kept(), resumeCommand());
    }

    private void requireRightFolder(RunFolder run) {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new DataException(out + " is a file; --out takes a folder");
        }
        boolean used = run.hasCheckpoint() || Files.exists(run.model());
        if (used && !resume && !dryRun) {
            throw new DataException("%s holds a run already: %sgive another --out"
                    .formatted(out, run.hasCheckpoint() ? "go on with --resume, or " : ""));
        }
        if (resume && !run.hasCheckpoint()) {
            throw new DataException(out
                    + (Files.exists(run.model())
                            ? " holds a finished run, and no checkpoint to resume from; give another --out"
                            : " holds no checkpoint to resume from; leave --resume out to start"));
        }
        requireWritable();
    }

    /** Tries it, since permissions alone do not tell. */
    private void requireWritable() {
        Path existing = out.toAbsolutePath().normalize();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            Files.delete(Files.createTempFile(existing, "hardmine", null));
        } catch (IOException e) {
            throw new DataException("nothing can be written to %s; give another --out".formatted(existing), e);
        }
    }

    /** Defaults that follow from the data, over them the run's own settings if it goes on, the file, the flags. */
    private RunSettings settings(Dataset dataset) throws IOException {
        RunSettings settings = RunSettings.of(DefaultSettings.of(dataset, preset, 1));
        if (resume) {
            settings = inputs().settings(settings);
        }
        if (settingsFile != null) {
            settings = SettingsReader.read(settingsFile, settings);
        }
        settings = SettingsReader.set(assignments, settings);
        return seed == null ? settings : SettingsReader.set("seed=" + seed, settings);
    }

    private Partition partition(LoadedDataset loaded, long splitSeed) throws IOException {
        return resume ? inputs().split(loaded) : Splitter.partition(loaded, SplitOptions.defaults(splitSeed));
    }

    private static JsonNode provenance(
            LoadedDataset loaded, Partition partition, int backgroundPictures, Decisions decisions) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", loaded.dataset().name());
        json.put("format", loaded.summary().format());
        json.put("pictures", loaded.dataset().pictures().size());
        json.put("background_pictures", backgroundPictures);
        json.put("decisions", decisions.all().size());
        json.put("fingerprint", Fingerprint.of(loaded));
        json.put("hardmine", Version.text());
        json.set("split", partition.toJson());
        return json;
    }

    private static void warnOfSlowMachine(PrintWriter err) {
        for (Finding finding : Machine.inspect()) {
            if (finding.status() != Finding.Status.GOOD) {
                err.println("warning: %s: %s: %s".formatted(finding.check(), finding.found(), finding.advice()));
            }
        }
    }

    private String resumeCommand() {
        StringBuilder command = new StringBuilder("hardmine train --data " + quoted(folder));
        if (background != null) {
            command.append(" --background ").append(quoted(background));
        }
        decisions.files().forEach(f -> command.append(" --decisions ").append(quoted(f)));
        return command.append(" --out ").append(quoted(out)).append(" --resume").toString();
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w./:\\\\-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
