package io.hardmine.mining.run;

import io.hardmine.core.training.Preset;
import io.hardmine.core.training.RateCurve;
import io.hardmine.core.training.RunFolder;
import io.hardmine.core.training.RunLock;
import io.hardmine.core.training.Trainer;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.LoadOptions;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.Split;
import io.hardmine.mining.bootstrap.Decisions;
import io.hardmine.mining.run.RunTarget.Work;
import io.hardmine.mining.settings.RunSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Trains a detector on annotated pictures, and mines hard negatives if the settings ask for it:
 *
 * <pre>{@code
 * TrainingRun run = TrainingRun.on(Path.of("parts"))
 *         .background(Path.of("empty"))
 *         .set("bootstrap.source=mined")
 *         .into(Path.of("run"));
 * Path model = run.train().model();
 * }</pre>
 *
 * <p>The run's folder gets the model, the settings, the split, the metrics, the checkpoints and the mining rounds.
 * Without validation pictures some are taken from the training pictures. Test pictures take no part. One run at a
 * time, on the calling thread; {@link #stop} may be called from any thread.
 */
public final class TrainingRun {
    private final RunSource.Data data;
    private final RunSource.Background background;
    private final Decisions decisions;
    private final SettingLayers layers;
    private final TrainingBudget budget;
    private final RunListener listener;
    private final RunFolder folder;
    private volatile boolean stopping;
    private volatile Trainer trainer;

    private TrainingRun(Builder builder, RunFolder folder) {
        data = builder.data;
        background = builder.background;
        decisions = builder.decisions;
        layers = new SettingLayers(
                builder.preset, builder.settings, builder.settingsFile, builder.assignments, builder.seed);
        budget = builder.budget;
        listener = builder.listener;
        this.folder = folder;
    }

    /**
     * How a run ended.
     *
     * @param isFinished whether all steps are done; if not, the run was stopped, and {@link TrainingRun#resume}
     *     continues it
     * @param model file of the model; it exists only if the run is finished
     */
    public record Outcome(boolean isFinished, Path model) {}

    /** A run on a folder of annotated pictures. Faulty parts are left out and counted. */
    public static Builder on(Path data) {
        return on(data, LoadOptions.defaults());
    }

    /**
     * A run on a folder of annotated pictures.
     *
     * @param options how to read the folder, and the background pictures: a strict reader refuses the first fault
     */
    public static Builder on(Path data, LoadOptions options) {
        return new Builder(RunSource.folder(data, options), options.strict());
    }

    /** A run on annotated pictures that are read already. */
    public static Builder on(LoadedDataset data) {
        return new Builder(listener -> data, false);
    }

    /** The inputs of a run. */
    public static final class Builder {
        private final RunSource.Data data;
        private final boolean strict;
        private RunSource.Background background = listener -> List.of();
        private Decisions decisions = new Decisions(List.of());
        private Preset preset;
        private TrainingBudget budget;
        private RunSettings settings;
        private Path settingsFile;
        private final List<String> assignments = new ArrayList<>();
        private Long seed;
        private RunListener listener = RunListener.SILENT;

        private Builder(RunSource.Data data, boolean strict) {
            this.data = data;
            this.strict = strict;
        }

        /** Pictures that hold no object: a folder, or a file that lists some. */
        public Builder background(Path folderOrList) {
            background = RunSource.pool(folderOrList, strict);
            return this;
        }

        /** Pictures that hold no object. */
        public Builder background(List<Picture> pictures) {
            List<Picture> copy = List.copyOf(pictures);
            background = ignored -> copy;
            return this;
        }

        /** A person's decisions: no background is taken from a place that is unclear or an object. */
        public Builder decisions(Decisions made) {
            decisions = Objects.requireNonNull(made);
            return this;
        }

        /** The preset whose defaults are used; {@link Preset#BALANCED} if none is given. */
        public Builder preset(Preset chosen) {
            preset = Objects.requireNonNull(chosen);
            return this;
        }

        /**
         * How long the training may take. A step is timed on this machine, and the number of steps follows from it; it
         * replaces the length in a settings file. The preset follows too, if none is given and no other setting
         * determines the size. A resumed training keeps its length.
         *
         * @throws IllegalArgumentException if the time is below 10 seconds
         */
        public Builder budget(Duration time) {
            budget = new TrainingBudget(time);
            return this;
        }

        /** Settings in place of the preset's defaults. */
        public Builder settings(RunSettings whole) {
            settings = Objects.requireNonNull(whole);
            return this;
        }

        /** A settings file in YAML, over the defaults. */
        public Builder settings(Path yaml) {
            settingsFile = Objects.requireNonNull(yaml);
            return this;
        }

        /**
         * A single setting, over the defaults and the settings file.
         *
         * @param assignment name and value, such as {@code schedule.steps=300}
         */
        public Builder set(String assignment) {
            assignments.add(assignment);
            return this;
        }

        /** The seed of everything random, over all other settings; 1 if no setting gives another. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** A listener that receives the events of the run, on the run's thread. */
        public Builder listener(RunListener hearing) {
            listener = Objects.requireNonNull(hearing);
            return this;
        }

        /**
         * The run with this folder for its files. Nothing is read or written yet.
         *
         * @param run folder of the run; it need not exist
         */
        public TrainingRun into(Path run) {
            return new TrainingRun(this, new RunFolder(run));
        }
    }

    /** The folder of the run. */
    public RunFolder folder() {
        return folder;
    }

    /**
     * Trains from the start.
     *
     * @throws DataException if data, settings or folder cannot be used, or the loss is not finite
     */
    public Outcome train() throws IOException, InterruptedException {
        return run(Work.TRAIN);
    }

    /**
     * Continues from the last checkpoint, with the split, the pictures and the settings that the run was started with.
     *
     * @throws DataException if the folder holds no checkpoint, a picture has changed, or data, settings or folder
     *     cannot be used
     */
    public Outcome resume() throws IOException, InterruptedException {
        return run(Work.RESUME);
    }

    /**
     * Checks data and settings, measures a step and announces what {@link #train} would do; writes nothing.
     *
     * @throws DataException if data, settings or folder cannot be used
     */
    public void rehearse() throws IOException, InterruptedException {
        trainer(ready(Work.REHEARSE)).rehearse();
    }

    /**
     * Tries learning rates from very low to too high on a new network, a step with each; writes nothing. {@link #stop}
     * ends it early.
     *
     * @throws DataException if data, settings or folder cannot be used
     */
    public RateCurve findRate() throws IOException, InterruptedException {
        return trainer(ready(Work.REHEARSE)).rateCurve();
    }

    /** Asks the run to stop after the current step and to keep its progress; from any thread. */
    public void stop() {
        stopping = true;
        Trainer running = trainer;
        if (running != null) {
            running.stop();
        }
    }

    /**
     * Number of steps in the folder's checkpoint after the run has ended in any way; -1 if there is no checkpoint to
     * resume from.
     */
    public long checkpointedSteps() {
        return trainer == null ? -1 : trainer.checkpointedSteps();
    }

    private Outcome run(Work work) throws IOException, InterruptedException {
        PreparedRun prepared = ready(work);
        Trainer running = trainer(prepared);
        listener.onPrepared();
        try (RunLock lock = RunLock.take(folder.root())) {
            new RunTarget(folder).require(work); // another run may have used the folder while the pictures were read
            if (work == Work.TRAIN) {
                RunSettings used = prepared.settings().with(running.settings());
                inputs().write(used, prepared.partition(), prepared.background(), prepared.contents());
            }
            return new Outcome(running.run(lock, work == Work.RESUME) == Trainer.Ending.FINISHED, folder.model());
        }
    }

    /**
     * The run with everything read and checked, and with a preset and a number of steps that fit into its time budget.
     */
    private PreparedRun ready(Work work) throws IOException, InterruptedException {
        PreparedRun prepared = prepare(work);
        PreparedRun fitted = budget == null || work == Work.RESUME
                ? prepared
                : budget.fit(prepared, layers, run -> trainer(run).stepTime(), listener);
        listener.onSettings(fitted.settings());
        return fitted;
    }

    private Trainer trainer(PreparedRun prepared) {
        Trainer made = new Trainer(prepared.task(folder.root().resolve("bootstrap"), listener), folder, listener);
        trainer = made;
        if (stopping) {
            made.stop();
        }
        return made;
    }

    private RunInputs inputs() {
        return new RunInputs(folder.root());
    }

    private PreparedRun prepare(Work work) throws IOException {
        new RunTarget(folder).require(work);
        if (work != Work.REHEARSE) {
            RunLock.requireFree(folder.root());
        }
        if (budget != null) {
            layers.requireOpenLength();
        }
        RunInputs begun = work == Work.RESUME ? inputs() : null;
        layers.of(new Dataset("nothing yet", List.of(), List.of()), begun); // finds mistakes before pictures are read
        LoadedDataset loaded = data.load(listener);
        Partition partition = begun == null ? layers.split(loaded) : begun.split(loaded);
        Dataset train = partition.part(Split.TRAIN);
        RunSettings settings = layers.of(train, begun);
        List<Picture> pool = background.read(listener);
        warnOfOtherPictures(pool, train.pictures());
        List<Picture> backgroundPictures = decisions.ignoring(pool);
        Map<Path, String> contents =
                work == Work.REHEARSE ? Map.of() : PreparedRun.contents(loaded, backgroundPictures);
        if (begun != null) {
            begun.requireSamePictures(partition, backgroundPictures, contents);
        }
        listener.onSplit(partition);
        partition.warnings().forEach(listener::onWarning);
        return new PreparedRun(
                loaded,
                partition,
                train.withPictures(decisions.ignoring(train.pictures())),
                backgroundPictures,
                settings,
                decisions,
                contents);
    }

    private void warnOfOtherPictures(List<Picture> pool, List<Picture> train) {
        List<Picture> all = new ArrayList<>(pool);
        all.addAll(train);
        decisions.warning(all).ifPresent(listener::onWarning);
    }
}
