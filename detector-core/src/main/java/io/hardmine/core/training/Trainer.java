package io.hardmine.core.training;

import io.hardmine.core.anchor.AnchorFitter;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.detection.DetectionSession;
import io.hardmine.core.detector.DetectionRun;
import io.hardmine.core.evaluation.CocoEvaluation;
import io.hardmine.core.evaluation.CocoScores;
import io.hardmine.core.evaluation.OperatingCurves;
import io.hardmine.core.evaluation.PictureDetections;
import io.hardmine.core.evaluation.ScoreThresholds;
import io.hardmine.core.kernel.KernelProvider;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.FoldedNetwork;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.DataException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Trains a detector for a task and writes its model into a run folder. One run at a time. */
public final class Trainer {
    private final TrainingTask task;
    private final TrainingSettings settings;
    private final RunFolder folder;
    private final TrainingListener listener;
    private final KernelProvider kernels = KernelProvider.best();
    private final Announcement announcement;
    private final RandomPlacement placement;
    private final ImageLossHistory pictureLosses;
    private final BatchSampler sampler;
    private final long steps;
    private final Schedule schedule;
    private final List<Long> renewals;
    private final List<AnchorFitter.Sample> samples;
    private final AnchorShapes anchors;
    private final Architecture architecture;
    private final ModelWriter models;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final boolean validates;
    private long checkpointedSteps = -1;

    /**
     * Prepares a run: fits anchors and resolves settings that are left to a rule. Writes nothing.
     *
     * @throws DataException if the training pictures have no object that an input shows, or if the network is too large
     */
    public Trainer(TrainingTask given, RunFolder folder, TrainingListener listener) {
        this.folder = folder;
        this.listener = listener;
        announcement = new Announcement(given, listener);
        announcement.requireObjects();
        boolean fits = given.settings().anchors() == null;
        listener.onPhase(fits ? "fitting anchors" : "placing the training boxes");
        samples = TrainingBoxes.sample(given);
        anchors = fits
                ? given.settings().matcher().fit(TrainingBoxes.visible(samples))
                : given.settings().anchors();
        task = AutomaticSettings.resolve(given, anchors);
        settings = task.settings();
        placement = RandomPlacement.of(settings);
        validates = task.validation().hasObjects();
        pictureLosses = new ImageLossHistory(task.train().pictures());
        sampler = new BatchSampler(
                task.train().pictures(),
                task.source()
                        .perEpoch(
                                BatchSampler.background(task.train().pictures().size(), settings.backgroundShare())),
                settings.schedule().batch(),
                settings.seed(),
                placement.preprocessing(),
                task.repetition(),
                pictureLosses);
        steps = settings.schedule().steps(sampler.stepsPerEpoch());
        schedule = settings.schedule().create(settings.optimizer().learningRate(), steps);
        renewals = task.source().renewals(steps, schedule.warmup());
        architecture = settings.network().architecture(task.train().categories().size(), anchors.perCell());
        models = new ModelWriter(task, architecture, anchors, steps, folder);
    }

    /** The run's settings, with a number in place of each setting that was left to a rule. */
    public TrainingSettings settings() {
        return settings;
    }

    /** How a run ended. */
    public enum Ending {
        /** All steps are done, the model is written. */
        FINISHED,
        /** The run was asked to stop; the checkpoint is written. */
        STOPPED
    }

    /** Asks the run to stop after the present step; from any thread. */
    public void stop() {
        stopping.set(true);
    }

    /**
     * Number of steps that the folder's checkpoint holds after {@link #run} has ended or failed; -1 if there is no
     * checkpoint to resume from.
     */
    public long checkpointedSteps() {
        return checkpointedSteps;
    }

    /**
     * Runs from the start or from the last checkpoint. Holds the folder's lock meanwhile.
     *
     * @param resume whether to continue from the folder's checkpoint
     * @throws DataException if the folder is in use, pictures or a checkpoint cannot be used, or the loss is not finite
     */
    public Ending run(boolean resume) throws IOException, InterruptedException {
        try (RunLock lock = RunLock.take(folder.root())) {
            return run(lock, resume);
        }
    }

    /**
     * As {@link #run(boolean)}, for a caller that holds the folder's lock.
     *
     * @param held the folder's lock
     * @param resume whether to continue from the folder's checkpoint
     * @throws IllegalArgumentException if the lock is of another folder
     * @throws DataException if pictures or a checkpoint cannot be used, or the loss is not finite
     */
    public Ending run(RunLock held, boolean resume) throws IOException, InterruptedException {
        if (!held.guards(folder.root())) {
            throw new IllegalArgumentException("the lock is not of " + folder.root());
        }
        folder.open();
        try (RetinaNet network = RetinaNet.initialized(architecture, settings.seed(), kernels.block());
                TrainingStep step = TrainingStep.of(network, anchors, settings, task.selection(), steps, kernels)) {
            String fingerprint = RunFingerprint.of(task);
            Checkpoint.Progress progress = Checkpoint.Progress.none(fingerprint);
            if (resume) {
                progress = Checkpoint.restore(folder, step, pictureLosses, fingerprint, listener::onWarning);
                pictureLosses.restore(Math.max(0, progress.step() - 1) / sampler.stepsPerEpoch());
            } else {
                folder.clear();
            }
            try (RunState run = new RunState(folder, step, pictureLosses, progress, resume)) {
                return run(run);
            }
        }
    }

    /** Measures the time of a step and announces the plan of the run. Writes nothing. */
    public void rehearse() throws InterruptedException {
        try (RetinaNet network = RetinaNet.initialized(architecture, settings.seed(), kernels.block());
                TrainingStep state = TrainingStep.of(network, anchors, settings, task.selection(), steps, kernels)) {
            announce(state, 0);
        }
    }

    /** Measures the time of a step on this machine; zero if it is asked to stop. Announces and writes nothing. */
    public Duration stepTime() throws InterruptedException {
        listener.onPhase("measuring a step");
        try (TrialSteps trial = trial(StepTime.MOST)) {
            return StepTime.measure(trial, schedule, stopping::get);
        }
    }

    /**
     * Tries learning rates from very low to too high, a step with each. Ends early if it is asked to stop. Announces
     * and writes nothing.
     */
    public RateCurve rateCurve() throws InterruptedException {
        listener.onPhase("trying learning rates");
        try (TrialSteps trial = trial(RateCurve.STEPS)) {
            return RateCurve.of(trial, settings.optimizer().learningRate(), stopping::get);
        }
    }

    private TrialSteps trial(int most) {
        return new TrialSteps(task, architecture, anchors, steps, kernels, most);
    }

    /** Saves the state also if the run fails, unless a step was interrupted or a weight is not finite. */
    private Ending run(RunState run) throws IOException, InterruptedException {
        try {
            announce(run.step(), run.progress().step());
            train(run);
            run.save();
            if (!isOver(run.progress()) || isToBeValidated(run.progress())) {
                return Ending.STOPPED;
            }
            if (validates) {
                models.takeBest(run.step(), listener::onWarning);
            } else {
                models.writeLast(run.step());
            }
            return Ending.FINISHED;
        } catch (Throwable failure) {
            run.rescue(failure);
            throw failure;
        } finally {
            checkpointedSteps = run.checkpointedSteps();
        }
    }

    /** Trains the remaining steps, or until the run is asked to stop. */
    private void train(RunState run) throws IOException, InterruptedException {
        long begun = run.progress().step();
        task.source().restore((int) renewals.stream().filter(r -> r < begun).count());
        if (isToBeValidated(run.progress())) {
            validate(run);
        }
        while (!isOver(run.progress()) && !stopping.get()) {
            long present = run.progress().step();
            int renewal = renewals.indexOf(present);
            if (renewal >= 0 && !renew(renewal, run.step(), present)) {
                return;
            }
            train(run, renewals.stream().filter(r -> r > present).findFirst().orElse(steps));
        }
    }

    /**
     * Trains until step {@code until}, where the background changes or the run ends, or until the run is over or
     * stopped.
     */
    private void train(RunState run, long until) throws IOException, InterruptedException {
        TrainingStep state = run.step();
        long first = run.progress().step();
        try (BatchLoader loader = new BatchLoader(
                sampler,
                InputChoice.of(task, placement, steps),
                settings.seed(),
                first,
                until,
                settings.loaderThreads())) {
            while (run.progress().step() < until && !isOver(run.progress()) && !stopping.get()) {
                long step = run.progress().step();
                Stopwatch watch = new Stopwatch();
                Batch batch = loader.next();
                int epoch = (int) (step / sampler.stepsPerEpoch());
                run.change();
                pictureLosses.reach(epoch);
                StepReport report = state.run(batch, step, epoch, schedule.at(step), watch.lap());
                pictureLosses.observe(batch.pictures(), task.repetition().costs(state.losses()));
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

    /**
     * Renews the background. The checkpoint of this step is written already, except at step 0, so that a run that is
     * killed during the renewal resumes before it.
     *
     * @return false if it was asked to stop before the renewal was done
     */
    private boolean renew(int number, TrainingStep state, long step) throws IOException, InterruptedException {
        long before = number == 0 ? 0 : renewals.get(number - 1);
        try (TrainedModel model = models.showingAll(state, step)) {
            return task.source()
                    .renew(new BackgroundSource.Renewal(number, step, model, shown(before, step), stopping::get));
        }
    }

    /** Inputs that the background source gave in the steps [from, to). */
    private List<InputContent> shown(long from, long to) {
        List<InputContent> shown = new ArrayList<>();
        for (long step = from; step < to; step++) {
            BatchSampler.Slot slot = sampler.at(step);
            for (int i = 0; i < slot.pictures().size(); i++) {
                if (slot.pictures().get(i).isEmpty()) {
                    shown.add(task.source()
                            .draw(
                                    slot.canvas(),
                                    placement,
                                    slot.randomness(i, settings.seed(), step / sampler.stepsPerEpoch())));
                }
            }
        }
        return shown;
    }

    /** Whether no step is left to do: all are done, or the patience of the schedule is exhausted. */
    private boolean isOver(Checkpoint.Progress progress) {
        return progress.step() >= steps || settings.schedule().isExhausted(progress.sinceBest());
    }

    /** Whether a validation is due after the last step and was not done yet. */
    private boolean isToBeValidated(Checkpoint.Progress progress) {
        long done = progress.step();
        boolean endsEpoch = done % sampler.stepsPerEpoch() == 0;
        boolean isCalledFor =
                done == steps || endsEpoch && done / sampler.stepsPerEpoch() % settings.validateEvery() == 0;
        return validates && isCalledFor && progress.validated() < done;
    }

    /**
     * Scores the averaged weights and saves them if they are the best so far. Changes nothing if it is asked to stop.
     */
    private void validate(RunState run) throws IOException {
        long step = run.progress().step();
        try (RetinaNet averaged = models.averaged(run.step())) {
            Optional<PictureDetections> all = detect(averaged);
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
                models.writeBest(run.step(), averaged, thresholds, scores, step);
            }
            run.advance(run.progress().validated(scores.ap()));
            listener.onValidation(step, epoch, scores, best);
            if (step < steps && isOver(run.progress())) {
                listener.onEarlyStop(step, run.progress().sinceBest());
            }
        }
    }

    /** The network's detections on the validation pictures; empty if it is asked to stop. */
    private Optional<PictureDetections> detect(RetinaNet network) {
        try (FoldedNetwork folded = FoldedNetwork.of(network);
                DetectionSession session = new DetectionSession(
                        folded,
                        placement.preprocessing(),
                        anchors,
                        settings.matcher().postProcessing().measuring())) {
            return DetectionRun.over(task.validation(), session::detect, stopping::get);
        }
    }

    private void announce(TrainingStep state, long firstStep) throws InterruptedException {
        Duration stepTime = stepTime();
        if (stopping.get()) {
            return;
        }
        announcement.make(new TrainingListener.TrainingPlan(
                firstStep,
                steps,
                sampler.stepsPerEpoch(),
                state.network().parameters().count(),
                settings.input(),
                anchors,
                AnchorFitter.recall(settings.matcher().reach(anchors), samples, architecture.classes()),
                sampler.backgroundPerEpoch(),
                state.implementation() + " " + state.precision(),
                stepTime));
    }
}
