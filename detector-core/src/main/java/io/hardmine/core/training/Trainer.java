package io.hardmine.core.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.anchor.AnchorFitter;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.detection.Decoding;
import io.hardmine.core.detection.Placement;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.evaluation.CocoEvaluation;
import io.hardmine.core.evaluation.CocoScores;
import io.hardmine.core.evaluation.OperatingCurves;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.evaluation.ScoreThresholds;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Trains a detector: from a task to a run folder with its model. One run at a time. */
public final class Trainer {
    private static final int ANCHOR_SAMPLES = 4000;
    private static final int MEASURED_STEPS = 3;
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final TrainingTask task;
    private final TrainingSettings settings;
    private final RunFolder folder;
    private final TrainingListener listener;
    private final Preprocessing preprocessing;
    private final PictureLosses pictureLosses;
    private final Curriculum curriculum;
    private final long steps;
    private final Schedule schedule;
    private final List<Long> renewals;
    private final List<AnchorFitter.Sample> samples;
    private final AnchorShapes anchors;
    private final Architecture architecture;
    private final AtomicBoolean stopping = new AtomicBoolean();

    /** Prepares a run; nothing is written yet. */
    public Trainer(TrainingTask task, RunFolder folder, TrainingListener listener) {
        this.task = task;
        this.folder = folder;
        this.listener = listener;
        settings = task.settings();
        if (task.train().pictures().stream()
                .flatMap(p -> p.annotations().stream())
                .noneMatch(Annotation::isObject)) {
            throw new DataException(
                    "no training picture of %s has an object: there is nothing to learn; look at it with 'dataset inspect'"
                            .formatted(task.train().name()));
        }
        preprocessing =
                new Preprocessing(settings.input().shortSide(), settings.input().longSide());
        pictureLosses = new PictureLosses(task.train().pictures());
        curriculum = new Curriculum(
                task.train().pictures(),
                task.background(),
                settings.backgroundShare(),
                task.source() != null,
                settings.schedule().batch(),
                settings.seed(),
                preprocessing,
                task.repetition(),
                pictureLosses);
        steps = settings.schedule().steps(curriculum.stepsPerEpoch());
        schedule = settings.schedule().create(settings.optimizer().learningRate(), steps);
        renewals = task.source() == null ? List.of() : task.source().renewals(steps, schedule.warmup());
        samples = sampleBoxes();
        anchors = settings.anchors() == null ? AnchorFitter.fit(samples) : settings.anchors();
        architecture = settings.network().architecture(task.train().categories().size(), anchors.perCell());
    }

    /** How a run ended. */
    public enum Outcome {
        /** All steps are done, the model is written. */
        FINISHED,
        /** It was asked to stop; the checkpoint is written. */
        STOPPED
    }

    /** Asks the run to stop after the present step; from any thread. */
    public void stop() {
        stopping.set(true);
    }

    /**
     * Runs, from the start or from the last checkpoint.
     *
     * @param resume whether to go on from the folder's checkpoint
     * @throws DataException where pictures or a checkpoint cannot be used, or the loss is not finite
     */
    public Outcome run(boolean resume) throws IOException, InterruptedException {
        folder.create();
        try (RetinaNet network = RetinaNet.initialised(architecture, settings.seed());
                TrainingStep state = new TrainingStep(network, anchors, settings, task.selection())) {
            Checkpoint.Progress progress = new Checkpoint.Progress(0, -1, fingerprint());
            if (resume) {
                if (!Files.exists(folder.last())) {
                    throw new DataException("%s holds no checkpoint to resume from".formatted(folder.root()));
                }
                progress = Checkpoint.restore(folder.last(), state, pictureLosses, fingerprint());
                pictureLosses.restore(Math.max(0, progress.step() - 1) / curriculum.stepsPerEpoch());
            }
            announce(state, progress.step());
            return train(state, progress);
        }
    }

    /** Announces what a run would do, a step's time measured; writes nothing. */
    public void rehearse() throws InterruptedException {
        try (RetinaNet network = RetinaNet.initialised(architecture, settings.seed());
                TrainingStep state = new TrainingStep(network, anchors, settings, task.selection())) {
            announce(state, 0);
        }
    }

    private Outcome train(TrainingStep state, Checkpoint.Progress from) throws IOException, InterruptedException {
        if (task.source() != null) {
            task.source().restore((int)
                    renewals.stream().filter(r -> r < from.step()).count());
        }
        Checkpoint.Progress progress = from;
        try (Metrics metrics = new Metrics(folder.metrics(), from.step())) {
            while (progress.step() < steps && !stopping.get()) {
                int renewal = renewals.indexOf(progress.step());
                if (renewal >= 0 && !renew(renewal, state, progress)) {
                    return Outcome.STOPPED;
                }
                long present = progress.step();
                long until =
                        renewals.stream().filter(r -> r > present).findFirst().orElse(steps);
                progress = train(state, progress, until, metrics);
            }
        }
        if (progress.step() < steps) {
            return Outcome.STOPPED;
        }
        finish(state);
        return Outcome.FINISHED;
    }

    /** The steps until the background changes or all are done, or the run is asked to stop. */
    private Checkpoint.Progress train(TrainingStep state, Checkpoint.Progress from, long until, Metrics metrics)
            throws IOException, InterruptedException {
        Checkpoint.Progress progress = from;
        long saved = System.nanoTime();
        try (BatchLoader loader = loader(from.step(), until)) {
            while (progress.step() < until && !stopping.get()) {
                long step = progress.step();
                Stopwatch watch = new Stopwatch();
                Batch batch = loader.next();
                int epoch = (int) (step / curriculum.stepsPerEpoch());
                pictureLosses.reach(epoch);
                StepReport report = state.run(batch, step, epoch, schedule.at(step), watch.lap());
                pictureLosses.observe(batch.pictures(), state.pictureLosses());
                metrics.step(report);
                listener.onStep(report);
                progress = new Checkpoint.Progress(step + 1, progress.bestScore(), progress.run());
                if (endsEpochToValidate(step)) {
                    progress = validate(state, progress, epoch, metrics);
                }
                boolean due = System.nanoTime() - saved > BETWEEN_CHECKPOINTS.toNanos();
                if (due || stopping.get() || progress.step() == until) {
                    metrics.flush();
                    Checkpoint.write(folder.last(), state, pictureLosses, progress);
                    saved = System.nanoTime();
                }
            }
        }
        return progress;
    }

    /** Renews the background; the checkpoint of this step is written, so that a run killed meanwhile comes back here. */
    private boolean renew(int number, TrainingStep state, Checkpoint.Progress progress)
            throws IOException, InterruptedException {
        long before = number == 0 ? 0 : renewals.get(number - 1);
        double anything = 0;
        try (TrainedModel model = model(
                state, averaged(state), Collections.nCopies(architecture.classes(), anything), null, progress.step())) {
            return task.source()
                    .renew(new BackgroundSource.Renewal(
                            number, progress.step(), model, shown(before, progress.step()), stopping::get));
        }
    }

    /** What the background source gave in the steps [from, to). */
    private List<Showing> shown(long from, long to) {
        List<Showing> shown = new ArrayList<>();
        for (long step = from; step < to; step++) {
            Curriculum.Slot slot = curriculum.at(step);
            for (int i = 0; i < slot.pictures().size(); i++) {
                if (slot.pictures().get(i).isEmpty()) {
                    shown.add(task.source()
                            .draw(
                                    slot.canvas(),
                                    slot.randomness(i, settings.seed(), step / curriculum.stepsPerEpoch())));
                }
            }
        }
        return shown;
    }

    private boolean endsEpochToValidate(long step) {
        long done = step + 1;
        boolean endsEpoch = done % curriculum.stepsPerEpoch() == 0;
        return done == steps || endsEpoch && done / curriculum.stepsPerEpoch() % settings.validateEvery() == 0;
    }

    /** Scores the averaged weights, and keeps them where they are the best so far. */
    private Checkpoint.Progress validate(TrainingStep state, Checkpoint.Progress progress, int epoch, Metrics metrics)
            throws IOException {
        if (task.validation().pictures().isEmpty()) {
            return progress;
        }
        try (RetinaNet averaged = averaged(state)) {
            PictureDetections found =
                    Validation.detect(averaged, anchors, preprocessing, Decoding.measuring(), task.validation());
            CocoScores scores = CocoEvaluation.evaluate(task.validation(), found);
            boolean best = scores.ap() > progress.bestScore();
            metrics.validation(progress.step(), epoch + 1, scores);
            if (best) {
                List<Double> thresholds = ScoreThresholds.of(OperatingCurves.of(task.validation(), found))
                        .byCategory();
                model(state, averaged, thresholds, scores, progress.step()).write(folder.best());
            }
            listener.onValidation(progress.step(), epoch + 1, scores, best);
            return best ? new Checkpoint.Progress(progress.step(), scores.ap(), progress.run()) : progress;
        }
    }

    /** The model is the best of validation; without validation pictures it is the last one. */
    private void finish(TrainingStep state) throws IOException {
        if (task.validation().pictures().isEmpty()) {
            double usual = 0.5;
            List<Double> thresholds = Collections.nCopies(architecture.classes(), usual);
            listener.onWarning(
                    "no validation pictures: the model is the last one, and shows what scores over " + usual);
            try (RetinaNet averaged = averaged(state)) {
                model(state, averaged, thresholds, null, steps).write(folder.model());
            }
        } else {
            try (TrainedModel best = TrainedModel.read(folder.best())) {
                best.write(folder.model());
            }
        }
    }

    private RetinaNet averaged(TrainingStep state) {
        RetinaNet copy = RetinaNet.empty(architecture);
        float[] statistics = state.optimizer().averagedStatistics();
        copy.parameters().values().copyFrom(state.optimizer().averaged());
        System.arraycopy(statistics, 0, copy.parameters().statistics(), 0, statistics.length);
        return copy;
    }

    private TrainedModel model(
            TrainingStep state, RetinaNet network, List<Double> thresholds, CocoScores scores, long step) {
        ObjectNode provenance = JSON.createObjectNode();
        provenance.set("data", task.provenance());
        provenance.set("settings", JSON.valueToTree(settings));
        provenance.put("selection", task.selection().description());
        provenance.put("repetition", task.repetition().description());
        if (task.source() != null) {
            provenance.put("background", task.source().description());
        }
        provenance.put("seed", settings.seed());
        provenance.put("step", step);
        provenance.put("steps", steps);
        ObjectNode versions = provenance.putObject("versions");
        versions.put("java", System.getProperty("java.version"));
        versions.put("kernels", state.implementation() + " " + state.precision());
        if (scores != null) {
            provenance.putObject("validation").put("AP", scores.ap()).put("AP50", scores.ap50());
        }
        return new TrainedModel(
                new TrainedModel.Description(
                        architecture,
                        task.train().categories(),
                        preprocessing,
                        anchors,
                        Decoding.paper(),
                        thresholds,
                        provenance),
                network);
    }

    private void announce(TrainingStep state, long firstStep) throws InterruptedException {
        AnchorFitter.Recall recall = AnchorFitter.recall(anchors, samples, architecture.classes());
        listener.onStart(new TrainingListener.Plan(
                firstStep,
                steps,
                curriculum.stepsPerEpoch(),
                state.network().parameters().count(),
                anchors,
                recall,
                curriculum.backgroundPerEpoch(),
                state.implementation() + " " + state.precision(),
                measureStep()));
        double enough = 0.99;
        if (recall.overall() < enough) {
            listener.onWarning(
                    "anchors reach only %.1f %% of the training boxes (IoU 0.5): larger pictures (input.short_side) or other anchors would help"
                            .formatted(100 * recall.overall()));
        }
    }

    /** Times a few steps of a network of the same shape, so that the run's own state stays untouched. */
    private Duration measureStep() throws InterruptedException {
        double[] times = new double[MEASURED_STEPS];
        try (RetinaNet twin = RetinaNet.initialised(architecture, settings.seed());
                TrainingStep step = new TrainingStep(twin, anchors, settings, task.selection());
                BatchLoader loader = rehearsal()) {
            for (int i = 0; i < MEASURED_STEPS; i++) {
                Batch batch = loader.next();
                Stopwatch watch = new Stopwatch();
                step.run(batch, i, 0, schedule.at(i), 0);
                times[i] = watch.lap();
            }
        }
        Arrays.sort(times);
        return Duration.ofNanos((long) (times[MEASURED_STEPS / 2] * 1e6));
    }

    /** Batches for measuring: annotated pictures alone, since background may not be chosen yet. */
    private BatchLoader rehearsal() {
        Curriculum annotated = new Curriculum(
                task.train().pictures(),
                List.of(),
                0,
                false,
                settings.schedule().batch(),
                settings.seed(),
                preprocessing,
                PictureRepetition.ONCE,
                new PictureLosses(task.train().pictures()));
        return loader(annotated, 0, MEASURED_STEPS);
    }

    private BatchLoader loader(long firstStep, long until) {
        return loader(curriculum, firstStep, until);
    }

    private BatchLoader loader(Curriculum order, long firstStep, long until) {
        return new BatchLoader(
                order,
                preprocessing,
                settings.augmentation(),
                task.source(),
                settings.seed(),
                firstStep,
                until,
                settings.loaderThreads());
    }

    /** Training boxes as the network will see them: after resizing and jitter. */
    private List<AnchorFitter.Sample> sampleBoxes() {
        List<AnchorFitter.Sample> boxes = new ArrayList<>();
        List<Picture> pictures = task.train().pictures();
        for (int round = 0; round < 3 && boxes.size() < ANCHOR_SAMPLES; round++) {
            for (int i = 0; i < pictures.size() && boxes.size() < ANCHOR_SAMPLES; i++) {
                Picture p = pictures.get(i);
                Shape shape = preprocessing.inputShape(1, p.width(), p.height());
                Placement placement = settings.augmentation()
                        .place(preprocessing, p.width(), p.height(), shape, Randomness.of(settings.seed(), round, i));
                for (Annotation a : BatchLoader.scene(p, placement, shape, null).annotations()) {
                    if (a.isObject()) {
                        boxes.add(new AnchorFitter.Sample(a.box(), a.category(), shape));
                    }
                }
            }
        }
        return boxes;
    }

    /** What a checkpoint must agree with: settings, categories, and names and boxes of all pictures. */
    private String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(JSON.writeValueAsBytes(settings));
            for (String part : List.of(
                    task.selection().description(),
                    task.repetition().description(),
                    task.source() == null ? "" : task.source().description(),
                    task.train().categoryNames().toString(),
                    contents(task.train().pictures()),
                    contents(task.validation().pictures()),
                    contents(task.background()))) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String contents(List<Picture> pictures) {
        StringBuilder text = new StringBuilder();
        pictures.forEach(p -> text.append(p.name()).append(p.annotations()));
        return text.toString();
    }
}
