package io.hardmine.core.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hardmine.core.anchor.AnchorFitter;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.detection.ImageTransform;
import io.hardmine.core.detection.PostProcessing;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.evaluation.CocoEvaluation;
import io.hardmine.core.evaluation.CocoScores;
import io.hardmine.core.evaluation.OperatingCurves;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.evaluation.ScoreThresholds;
import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.model.DataOrigin;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Trains a detector: from a task to a run folder with its model. One run at a time. */
public final class Trainer {
    private static final int ANCHOR_SAMPLES = 4000;
    private static final int MEASURED_STEPS = 3;

    /** Score from which on a model shows what it finds, if no validation chose a better one. */
    private static final double USUAL_THRESHOLD = 0.5;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final TrainingTask task;
    private final TrainingSettings settings;
    private final RunFolder folder;
    private final TrainingListener listener;
    private final KernelProvider kernels = KernelProvider.best();
    private final Preprocessing preprocessing;
    private final ImageLossHistory pictureLosses;
    private final BatchSampler sampler;
    private final long steps;
    private final Schedule schedule;
    private final List<Long> renewals;
    private final List<AnchorFitter.Sample> samples;
    private final AnchorShapes anchors;
    private final Architecture architecture;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final boolean validates;
    private long kept = -1;

    /** Prepares a run; nothing is written yet. */
    public Trainer(TrainingTask task, RunFolder folder, TrainingListener listener) {
        this.task = task;
        this.folder = folder;
        this.listener = listener;
        settings = task.settings();
        if (!task.train().hasObjects()) {
            throw new DataException(
                    "no training picture of %s has an object: there is nothing to learn; look at it with 'dataset inspect'"
                            .formatted(task.train().name()));
        }
        preprocessing =
                new Preprocessing(settings.input().shortSide(), settings.input().longSide());
        requireVisibleObjects();
        validates = task.validation().hasObjects();
        pictureLosses = new ImageLossHistory(task.train().pictures());
        sampler = new BatchSampler(
                task.train().pictures(),
                task.background(),
                settings.backgroundShare(),
                task.source() != null,
                settings.schedule().batch(),
                settings.seed(),
                preprocessing,
                task.repetition(),
                pictureLosses);
        steps = settings.schedule().steps(sampler.stepsPerEpoch());
        schedule = settings.schedule().create(settings.optimizer().learningRate(), steps);
        renewals = task.source() == null ? List.of() : task.source().renewals(steps, schedule.warmup());
        listener.onPhase(settings.anchors() == null ? "fitting anchors" : "placing the training boxes");
        samples = sampleBoxes();
        anchors = settings.anchors() == null ? AnchorFitter.fit(visible(samples)) : settings.anchors();
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
     * Steps that the folder's checkpoint holds, once {@link #run} has ended in whatever way; -1 if it left none to go on
     * from.
     */
    public long kept() {
        return kept;
    }

    /**
     * Runs, from the start or from the last checkpoint; nobody else may write into the folder meanwhile.
     *
     * @param resume whether to go on from the folder's checkpoint
     * @throws DataException if the folder is in use, pictures or a checkpoint cannot be used, or the loss is not finite
     */
    public Outcome run(boolean resume) throws IOException, InterruptedException {
        try (RunLock lock = RunLock.take(folder.root())) {
            return run(lock, resume);
        }
    }

    /**
     * The same for a caller that has taken the folder.
     *
     * @param held the folder's lock
     * @param resume whether to go on from the folder's checkpoint
     * @throws DataException if pictures or a checkpoint cannot be used, or the loss is not finite
     */
    public Outcome run(RunLock held, boolean resume) throws IOException, InterruptedException {
        if (!held.guards(folder.root())) {
            throw new IllegalArgumentException("the lock is not of " + folder.root());
        }
        folder.open();
        try (RetinaNet network = RetinaNet.initialized(architecture, settings.seed(), kernels.block());
                TrainingStep step = TrainingStep.of(network, anchors, settings, task.selection(), kernels)) {
            Checkpoint.Progress progress = new Checkpoint.Progress(0, -1, 0, fingerprint());
            if (resume) {
                progress = Checkpoint.restore(folder, step, pictureLosses, fingerprint(), listener::onWarning);
                pictureLosses.restore(Math.max(0, progress.step() - 1) / sampler.stepsPerEpoch());
            } else {
                folder.clear();
            }
            try (RunState run = new RunState(folder, step, pictureLosses, progress, resume)) {
                return run(run);
            }
        }
    }

    /** Announces what a run would do, a step's time measured; writes nothing. */
    public void rehearse() throws InterruptedException {
        try (RetinaNet network = RetinaNet.initialized(architecture, settings.seed(), kernels.block());
                TrainingStep state = TrainingStep.of(network, anchors, settings, task.selection(), kernels)) {
            announce(state, 0);
        }
    }

    /** Whatever ends the run, its last whole step is saved. */
    private Outcome run(RunState run) throws IOException, InterruptedException {
        try {
            announce(run.step(), run.progress().step());
            train(run);
            run.save();
            if (run.progress().step() < steps || isToBeValidated(run.progress())) {
                return Outcome.STOPPED;
            }
            finish(run.step());
            return Outcome.FINISHED;
        } catch (Throwable failure) {
            run.rescue(failure);
            throw failure;
        } finally {
            kept = run.kept();
        }
    }

    /** All that is left to do, or until it is asked to stop. */
    private void train(RunState run) throws IOException, InterruptedException {
        if (task.source() != null) {
            long begun = run.progress().step();
            task.source().restore((int) renewals.stream().filter(r -> r < begun).count());
        }
        if (isToBeValidated(run.progress())) {
            validate(run);
        }
        while (run.progress().step() < steps && !stopping.get()) {
            long present = run.progress().step();
            int renewal = renewals.indexOf(present);
            if (renewal >= 0 && !renew(renewal, run.step(), present)) {
                return;
            }
            train(run, renewals.stream().filter(r -> r > present).findFirst().orElse(steps));
        }
    }

    /** The steps until the background changes or all are done, or the run is asked to stop. */
    private void train(RunState run, long until) throws IOException, InterruptedException {
        TrainingStep state = run.step();
        try (BatchLoader loader = loader(run.progress().step(), until)) {
            while (run.progress().step() < until && !stopping.get()) {
                long step = run.progress().step();
                Stopwatch watch = new Stopwatch();
                Batch batch = loader.next();
                int epoch = (int) (step / sampler.stepsPerEpoch());
                run.change();
                pictureLosses.reach(epoch);
                StepReport report = state.run(batch, step, epoch, schedule.at(step), watch.lap());
                pictureLosses.observe(batch.pictures(), state.pictureLosses());
                run.metrics().step(report);
                run.advance(run.progress().stepped());
                listener.onStep(report);
                if (isToBeValidated(run.progress())) {
                    validate(run);
                }
                if (run.isDue() || stopping.get() || run.progress().step() == until) {
                    run.save();
                }
            }
        }
    }

    /** Renews the background; the checkpoint of this step is written, so that a run killed meanwhile comes back here. */
    private boolean renew(int number, TrainingStep state, long step) throws IOException, InterruptedException {
        long before = number == 0 ? 0 : renewals.get(number - 1);
        double anything = 0;
        try (TrainedModel model =
                model(state, averaged(state), Collections.nCopies(architecture.classes(), anything), null, step)) {
            return task.source()
                    .renew(new BackgroundSource.Renewal(number, step, model, shown(before, step), stopping::get));
        }
    }

    /** What the background source gave in the steps [from, to). */
    private List<InputContent> shown(long from, long to) {
        List<InputContent> shown = new ArrayList<>();
        for (long step = from; step < to; step++) {
            BatchSampler.Slot slot = sampler.at(step);
            for (int i = 0; i < slot.pictures().size(); i++) {
                if (slot.pictures().get(i).isEmpty()) {
                    shown.add(task.source()
                            .draw(slot.canvas(), slot.randomness(i, settings.seed(), step / sampler.stepsPerEpoch())));
                }
            }
        }
        return shown;
    }

    /** Whether the last step calls for a validation that was not done yet. */
    private boolean isToBeValidated(Checkpoint.Progress progress) {
        long done = progress.step();
        boolean endsEpoch = done % sampler.stepsPerEpoch() == 0;
        boolean isCalledFor =
                done == steps || endsEpoch && done / sampler.stepsPerEpoch() % settings.validateEvery() == 0;
        return validates && isCalledFor && progress.validated() < done;
    }

    /** Scores the averaged weights, and keeps them if they are the best so far; does nothing if it is asked to stop. */
    private void validate(RunState run) throws IOException {
        long step = run.progress().step();
        try (RetinaNet averaged = averaged(run.step())) {
            Optional<PictureDetections> all = Validation.detect(
                    averaged, anchors, preprocessing, PostProcessing.measuring(), task.validation(), stopping::get);
            if (all.isEmpty()) {
                return;
            }
            PictureDetections found = all.orElseThrow();
            CocoScores scores = CocoEvaluation.evaluate(task.validation(), found);
            boolean best = scores.ap() > run.progress().bestScore();
            int epoch = (int) ((step - 1) / sampler.stepsPerEpoch()) + 1;
            run.metrics().validation(step, epoch, scores);
            if (best) {
                List<Double> thresholds = ScoreThresholds.of(OperatingCurves.of(task.validation(), found))
                        .byCategory();
                model(run.step(), averaged, thresholds, scores, step).write(folder.best());
            }
            run.advance(run.progress().validated(scores.ap()));
            listener.onValidation(step, epoch, scores, best);
        }
    }

    /** The model is the best of validation; if there is none, it is the last one. */
    private void finish(TrainingStep state) throws IOException {
        if (!validates) {
            writeLast(state);
            return;
        }
        try (TrainedModel best = TrainedModel.read(folder.best())) {
            best.write(folder.model());
        } catch (DataException e) {
            listener.onWarning("the best model is lost: %s; %s".formatted(e.getMessage(), lastIsTheModel()));
            writeLast(state);
        }
    }

    private void writeLast(TrainingStep state) throws IOException {
        List<Double> thresholds = Collections.nCopies(architecture.classes(), USUAL_THRESHOLD);
        try (RetinaNet averaged = averaged(state)) {
            model(state, averaged, thresholds, null, steps).write(folder.model());
        }
    }

    private static String lastIsTheModel() {
        return "the model is the last one, and shows what scores over " + USUAL_THRESHOLD;
    }

    private RetinaNet averaged(TrainingStep state) {
        RetinaNet copy =
                RetinaNet.empty(architecture, state.network().parameters().block());
        float[] statistics = state.optimizer().averagedStatistics();
        copy.parameters().values().copyFrom(state.optimizer().averaged());
        System.arraycopy(statistics, 0, copy.parameters().statistics(), 0, statistics.length);
        return copy;
    }

    private TrainedModel model(
            TrainingStep state, RetinaNet network, List<Double> thresholds, CocoScores scores, long step) {
        ObjectNode provenance = JSON.createObjectNode();
        ObjectNode data = provenance.putObject("data");
        if (task.provenance() instanceof ObjectNode said) {
            data.setAll(said);
            data.remove("split"); // it lies in the origin
        }
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
                        settings.matcher().create(),
                        PostProcessing.paper(),
                        thresholds,
                        task.provenance() == null ? DataOrigin.UNKNOWN : DataOrigin.of(task.provenance()),
                        provenance),
                network);
    }

    private void announce(TrainingStep state, long firstStep) throws InterruptedException {
        listener.onPhase("measuring a step");
        Duration stepTime = measureStep();
        if (stopping.get()) {
            return;
        }
        AnchorFitter.Recall recall = AnchorFitter.recall(anchors, samples, architecture.classes());
        listener.onStart(new TrainingListener.Plan(
                firstStep,
                steps,
                sampler.stepsPerEpoch(),
                state.network().parameters().count(),
                anchors,
                recall,
                sampler.backgroundPerEpoch(),
                state.implementation() + " " + state.precision(),
                stepTime));
        warnOfValidation();
        warnOfVanishing("training", task.train());
        warnOfVanishing("validation", task.validation());
        double enough = 0.99;
        if (recall.overall() < enough) {
            listener.onWarning(
                    "anchors reach only %.1f %% of the training boxes (IoU 0.5): larger pictures (input.short_side) or other anchors would help"
                            .formatted(100 * recall.overall()));
        }
    }

    private void warnOfValidation() {
        if (!validates) {
            String lack = task.validation().pictures().isEmpty()
                    ? "there are no validation pictures"
                    : "no validation picture has an object that counts";
            listener.onWarning("%s: %s".formatted(lack, lastIsTheModel()));
        }
    }

    private void warnOfVanishing(String part, Dataset pictures) {
        long vanishing = vanishing(pictures);
        if (vanishing > 0) {
            listener.onWarning(
                    "%d of %d %s boxes are smaller than a pixel of the input (%d x %d) and cannot be found: %s"
                            .formatted(
                                    vanishing,
                                    objects(pictures),
                                    part,
                                    settings.input().shortSide(),
                                    settings.input().longSide(),
                                    "a larger input.short_side keeps them"));
        }
    }

    private void requireVisibleObjects() {
        long all = objects(task.train());
        if (vanishing(task.train()) == all) {
            throw new DataException(
                    "%d of %d training boxes of %s are smaller than a pixel of the input (%d x %d), and nothing is left to learn: a larger input.short_side and input.long_side keep them; boxes must be in pixels unless their format says otherwise"
                            .formatted(
                                    all,
                                    all,
                                    task.train().name(),
                                    settings.input().shortSide(),
                                    settings.input().longSide()));
        }
    }

    private static long objects(Dataset pictures) {
        return pictures.pictures().stream()
                .flatMap(p -> p.annotations().stream())
                .filter(Annotation::isObject)
                .count();
    }

    /** Objects that no input shows, since they are too small after resizing. */
    private long vanishing(Dataset pictures) {
        long count = 0;
        for (Picture p : pictures.pictures()) {
            ImageTransform transform = preprocessing.place(p.width(), p.height());
            count += p.annotations().stream()
                    .filter(a -> a.isObject() && VisibleObjects.vanishes(a.box(), transform))
                    .count();
        }
        return count;
    }

    /** Times a few steps of a network of the same shape, so that the run's own state stays untouched. */
    private Duration measureStep() throws InterruptedException {
        double[] times = new double[MEASURED_STEPS];
        try (RetinaNet twin = RetinaNet.initialized(architecture, settings.seed(), kernels.block());
                TrainingStep step = TrainingStep.of(twin, anchors, settings, task.selection(), kernels);
                BatchLoader loader = rehearsal()) {
            for (int i = 0; i < MEASURED_STEPS && !stopping.get(); i++) {
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
        BatchSampler annotated = new BatchSampler(
                task.train().pictures(),
                List.of(),
                0,
                false,
                settings.schedule().batch(),
                settings.seed(),
                preprocessing,
                RepeatFactors.ONCE,
                new ImageLossHistory(task.train().pictures()));
        return loader(annotated, 0, MEASURED_STEPS);
    }

    private BatchLoader loader(long firstStep, long until) {
        return loader(sampler, firstStep, until);
    }

    private BatchLoader loader(BatchSampler order, long firstStep, long until) {
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

    private static List<AnchorFitter.Sample> visible(List<AnchorFitter.Sample> samples) {
        return samples.stream()
                .filter(s -> s.box().width() >= 1 && s.box().height() >= 1)
                .toList();
    }

    /** Training boxes as the network will see them, after resizing and jitter, and those that are too small to be seen. */
    private List<AnchorFitter.Sample> sampleBoxes() {
        List<AnchorFitter.Sample> boxes = new ArrayList<>();
        List<Picture> pictures = task.train().pictures();
        for (int round = 0; round < 3 && boxes.size() < ANCHOR_SAMPLES; round++) {
            for (int i = 0; i < pictures.size() && boxes.size() < ANCHOR_SAMPLES; i++) {
                Picture p = pictures.get(i);
                Shape shape = preprocessing.inputShape(1, p.width(), p.height());
                ImageTransform transform = settings.augmentation()
                        .place(preprocessing, p.width(), p.height(), shape, Randomness.of(settings.seed(), round, i));
                for (Annotation a : BatchLoader.scene(p, transform, shape, null).annotations()) {
                    if (a.isObject()) {
                        boxes.add(new AnchorFitter.Sample(a.box(), a.category(), shape));
                    }
                }
                for (Annotation a : p.annotations()) {
                    if (a.isObject() && VisibleObjects.vanishes(a.box(), transform)) {
                        boxes.add(new AnchorFitter.Sample(transform.toInput(a.box()), a.category(), shape));
                    }
                }
            }
        }
        return boxes;
    }

    /** What a checkpoint must agree with: settings, categories, and names, contents and boxes of all pictures. */
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

    private String contents(List<Picture> pictures) {
        StringBuilder text = new StringBuilder();
        pictures.forEach(p -> text.append(p.name())
                .append(task.contents().getOrDefault(p.file(), ""))
                .append(p.annotations()));
        return text.toString();
    }
}
