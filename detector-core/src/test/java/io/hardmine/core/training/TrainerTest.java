package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hardmine.core.detection.Detection;
import io.hardmine.core.detector.Detector;
import io.hardmine.core.evaluation.CocoScores;
import io.hardmine.core.model.DataOrigin;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final int EPOCHS = 6;

    @TempDir
    private Path folder;

    private float[] train(String run, TrainingSettings settings) throws IOException, InterruptedException {
        RunFolder out = new RunFolder(folder.resolve(run));
        Trainer trainer = new Trainer(TinyTask.task(folder.resolve("data"), settings), out, TrainingListener.SILENT);
        assertEquals(Trainer.Ending.FINISHED, trainer.run(false));
        return weights(out);
    }

    private static float[] weights(RunFolder run) {
        TrainedModel model = TrainedModel.read(run.model());
        float[] values = model.network().parameters().values().toArray();
        float[] statistics = model.network().parameters().statistics();
        float[] all = Arrays.copyOf(values, values.length + statistics.length);
        System.arraycopy(statistics, 0, all, values.length, statistics.length);
        return all;
    }

    @Test
    void theSameSeedGivesTheSameWeightsAndAnotherOthers() throws IOException, InterruptedException {
        float[] first = train("first", TinyTask.settings(EPOCHS, 1));
        assertArrayEquals(first, train("second", TinyTask.settings(EPOCHS, 1)));
        assertFalse(Arrays.equals(first, train("other", TinyTask.settings(EPOCHS, 2))));
    }

    /** The picture that cost most is shown twice, the one that cost least not at all. */
    private static final RepeatFactors HARDEST_TWICE = (losses, random) -> {
        int[] times = RepeatFactors.ONCE.times(losses, random);
        int hardest = 0;
        int easiest = 0;
        for (int i = 0; i < losses.length; i++) {
            hardest = losses[i] > losses[hardest] ? i : hardest;
            easiest = losses[i] < losses[easiest] ? i : easiest;
        }
        times[hardest]++;
        times[easiest]--;
        return times;
    };

    private static TrainingTask repeating(TrainingTask task, RepeatFactors repetition) {
        return new TrainingTask(
                task.train(),
                task.validation(),
                task.source(),
                task.settings(),
                task.selection(),
                repetition,
                task.contents(),
                task.origin(),
                task.provenance());
    }

    @Test
    void stoppingAndGoingOnGivesTheSameWeights() throws IOException, InterruptedException {
        TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(EPOCHS, 1));
        assertGoesOnAsIfNotStopped(task, "once");
        assertGoesOnAsIfNotStopped(repeating(task, HARDEST_TWICE), "repeated");
        assertGoesOnAsIfNotStopped(
                TinyTask.task(folder.resolve("data"), strong(TinyTask.settings(EPOCHS, 1))), "strong");
        assertFalse(Arrays.equals(
                weights(new RunFolder(folder.resolve("once-whole"))),
                weights(new RunFolder(folder.resolve("repeated-whole")))));
        assertFalse(Arrays.equals(
                weights(new RunFolder(folder.resolve("once-whole"))),
                weights(new RunFolder(folder.resolve("strong-whole")))));
    }

    /** Mosaics in some of the steps before 13, among the stops of the test; colors always. */
    private static TrainingSettings strong(TrainingSettings settings) {
        return settings.with(settings.augmentation()
                .withMosaic(0.7)
                .withMosaicUntil(0.4)
                .withCutout(0.5)
                .withRotation(10)
                .with(new Degradation(0.3, 0.3))
                .with(new ColorJitter(0.02, 0.7, 0.4)));
    }

    private void assertGoesOnAsIfNotStopped(TrainingTask task, String name) throws IOException, InterruptedException {
        RunFolder undisturbed = new RunFolder(folder.resolve(name + "-whole"));
        assertEquals(Trainer.Ending.FINISHED, new Trainer(task, undisturbed, TrainingListener.SILENT).run(false));
        float[] whole = weights(undisturbed);
        RunFolder run = new RunFolder(folder.resolve(name + "-stopped"));
        for (int stop : new int[] {7, 19}) {
            StoppingListener listener = new StoppingListener(stop);
            Trainer trainer = new Trainer(task, run, listener);
            listener.trainer = trainer;
            assertEquals(Trainer.Ending.STOPPED, trainer.run(stop > 7));
            assertFalse(Files.exists(run.model()));
        }
        assertEquals(Trainer.Ending.FINISHED, new Trainer(task, run, TrainingListener.SILENT).run(true));
        assertArrayEquals(whole, weights(run));
        assertStepsAreComplete(run);
    }

    private static final class StoppingListener implements TrainingListener {
        private final int step;
        private Trainer trainer;

        StoppingListener(int step) {
            this.step = step;
        }

        @Override
        public void onStep(StepReport report) {
            if (report.step() == step) {
                trainer.stop();
            }
        }
    }

    /** Run in a JVM of its own: trains, and says each step. */
    static final class Victim {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path folder = Path.of(arguments[0]);
            TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(EPOCHS, 1));
            RunFolder run = new RunFolder(folder.resolve("killed"));
            Trainer[] self = new Trainer[1];
            Trainer trainer = new Trainer(task, run, new TrainingListener() {
                @Override
                public void onStep(StepReport report) {
                    boolean beforeCheckpoint = report.step() == 5;
                    if (beforeCheckpoint && arguments.length > 1) {
                        self[0].stop();
                    }
                    System.out.println("step " + report.step());
                }
            });
            self[0] = trainer;
            trainer.run(arguments.length == 1);
        }
    }

    @Test
    void afterAKillTheLastCheckpointGivesTheSameWeights() throws IOException, InterruptedException {
        float[] whole = train("whole", TinyTask.settings(EPOCHS, 1));
        assertEquals(0, victim("until a checkpoint").waitFor());
        Process killed = victim();
        try (BufferedReader out = killed.inputReader()) {
            String line = out.readLine();
            while (line != null && !line.equals("step 12")) {
                line = out.readLine();
            }
            assertEquals("step 12", line);
            killed.destroyForcibly(); // SIGKILL
        }
        assertTrue(killed.waitFor(1, TimeUnit.MINUTES));
        RunFolder run = new RunFolder(folder.resolve("killed"));
        TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(EPOCHS, 1));
        assertEquals(Trainer.Ending.FINISHED, new Trainer(task, run, TrainingListener.SILENT).run(true));
        assertArrayEquals(whole, weights(run));
        assertStepsAreComplete(run);
    }

    private Process victim(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void assertStepsAreComplete(RunFolder run) throws IOException {
        List<Long> steps = new ArrayList<>();
        for (String line : Files.readAllLines(run.metrics())) {
            JsonNode node = new ObjectMapper().readTree(line);
            if (node.has("class_loss")) {
                steps.add(node.get("step").asLong());
            }
        }
        List<Long> expected = new ArrayList<>();
        for (long s = 1; s <= steps.size(); s++) {
            expected.add(s);
        }
        assertEquals(expected, steps);
    }

    @Test
    void lossFallsAndTheDetectorFindsWhatItWasShown() throws IOException, InterruptedException {
        TrainingSettings settings = TinyTask.settings(60, 1);
        TrainingTask task = TinyTask.task(folder.resolve("data"), settings);
        RunFolder run = new RunFolder(folder.resolve("run"));
        List<Double> losses = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        new Trainer(task, run, new TrainingListener() {
                    @Override
                    public void onStep(StepReport r) {
                        losses.add(r.classLoss() + r.boxLoss());
                    }

                    @Override
                    public void onValidation(long step, int epoch, CocoScores s, boolean best) {
                        scores.add(s.ap50());
                    }
                })
                .run(false);
        int tenth = losses.size() / 10;
        double early = mean(losses.subList(0, tenth));
        double late = mean(losses.subList(losses.size() - tenth, losses.size()));
        assertTrue(late < 0.7 * early, early + " to " + late);
        assertTrue(scores.stream().mapToDouble(s -> s).max().orElse(0) > 0.3, scores::toString);
        try (Detector detector = Detector.load(run.model())) {
            int objects = 0;
            int found = 0;
            for (Picture picture : task.train().pictures()) {
                List<Detection> detections = detector.detect(picture.file());
                for (Annotation object : picture.annotations()) {
                    objects++;
                    found += detections.stream()
                                    .anyMatch(d -> d.category() == object.category()
                                            && d.box().iou(object.box()) >= 0.5)
                            ? 1
                            : 0;
                }
            }
            // small ones are missed after so short a training; chance finds none
            assertTrue(found >= objects / 3.0, found + " of " + objects + " found");
        }
    }

    private static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(x -> x).average().orElseThrow();
    }

    @Test
    void anotherRunsCheckpointIsRefused() throws IOException, InterruptedException {
        train("run", TinyTask.settings(2, 1));
        RunFolder run = new RunFolder(folder.resolve("run"));
        TrainingTask other = TinyTask.task(folder.resolve("data"), TinyTask.settings(4, 1));
        DataException e =
                assertThrows(DataException.class, () -> new Trainer(other, run, TrainingListener.SILENT).run(true));
        assertTrue(e.getMessage().contains("other settings, other data or other pictures"), e.getMessage());
        RunFolder empty = new RunFolder(folder.resolve("empty"));
        DataException none =
                assertThrows(DataException.class, () -> new Trainer(other, empty, TrainingListener.SILENT).run(true));
        assertTrue(none.getMessage().contains("no checkpoint"), none.getMessage());
    }

    @Test
    void aLossThatIsNotFiniteNamesThePictures() throws IOException {
        TrainingSettings calm = TinyTask.settings(50, 1);
        TrainingSettings wild = calm.with(calm.optimizer()
                        .withLearningRate(10.0)
                        .withMomentum(0.99)
                        .withWeightDecay(0.0)
                        .withClipNorm(0))
                .with(calm.schedule().withWarmupSteps(0).withDecay(Schedule.Decay.CONSTANT))
                .withBackgroundShare(0)
                .withValidateEvery(50)
                .withLoaderThreads(1);
        TrainingTask task = TinyTask.task(folder.resolve("data"), wild);
        Trainer trainer = new Trainer(task, new RunFolder(folder.resolve("run")), TrainingListener.SILENT);
        DataException e = assertThrows(NotFiniteException.class, () -> trainer.run(false));
        assertTrue(
                e.getMessage()
                        .matches("(?s).*(loss|gradient) is (NaN|Infinity).*train\\d\\.png.*lower learning rate.*"),
                e.getMessage());
    }

    @Test
    void withoutObjectsThereIsNothingToLearn() throws IOException {
        TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(1, 1));
        Dataset empty = task.train()
                .withPictures(task.train().pictures().stream()
                        .map(p -> p.withAnnotations(List.of()))
                        .toList());
        TrainingTask nothing = new TrainingTask(
                empty,
                task.validation(),
                BackgroundSource.NONE,
                task.settings(),
                task.selection(),
                task.repetition(),
                Map.of(),
                DataOrigin.UNKNOWN,
                JsonNodeFactory.instance.objectNode());
        DataException e = assertThrows(
                DataException.class,
                () -> new Trainer(nothing, new RunFolder(folder.resolve("run")), TrainingListener.SILENT));
        assertTrue(e.getMessage().contains("nothing to learn"), e.getMessage());
    }

    @Test
    void withoutValidationTheLastWeightsAreTheModel() throws IOException, InterruptedException {
        TrainingSettings settings = TinyTask.settings(2, 1);
        TrainingTask task = TinyTask.task(
                folder.resolve("data"), settings.with(settings.schedule().withPatience(1)));
        TrainingTask blind = new TrainingTask(
                task.train(),
                task.validation().withPictures(List.of()),
                BackgroundSource.NONE,
                task.settings(),
                task.selection(),
                task.repetition(),
                Map.of(),
                DataOrigin.UNKNOWN,
                JsonNodeFactory.instance.objectNode());
        List<String> warnings = new ArrayList<>();
        RunFolder run = new RunFolder(folder.resolve("run"));
        new Trainer(blind, run, new TrainingListener() {
                    @Override
                    public void onWarning(String sentence) {
                        warnings.add(sentence);
                    }
                })
                .run(false);
        assertTrue(warnings.stream().anyMatch(w -> w.contains("no validation pictures")), warnings::toString);
        assertTrue(warnings.stream().anyMatch(w -> w.contains("schedule.patience")), warnings::toString);
        assertEquals(
                List.of(0.5, 0.5), TrainedModel.read(run.model()).description().thresholds());
    }

    /** A task whose validation asks for specks that no box of the detector is as small as: its AP is always 0. */
    private TrainingTask neverBetter(int patience) throws IOException {
        TrainingSettings settings = TinyTask.settings(20, 1);
        TrainingTask task = TinyTask.task(
                folder.resolve("data"), settings.with(settings.schedule().withPatience(patience)));
        Dataset specks = annotated(
                task.validation(),
                a -> Annotation.of(new Box(a.box().x(), a.box().y(), 2, 2), a.category()));
        return with(task, task.train(), specks, Map.of());
    }

    private List<Long> validations(TrainingTask task, String run, Witness witness, boolean resume)
            throws IOException, InterruptedException {
        assertEquals(
                Trainer.Ending.FINISHED, new Trainer(task, new RunFolder(folder.resolve(run)), witness).run(resume));
        return witness.validations;
    }

    @Test
    void aTrainingThatNoLongerGetsBetterEnds() throws IOException, InterruptedException {
        TrainingTask task = neverBetter(2);
        Witness witness = new Witness();
        List<Long> validations = validations(task, "patient", witness, false);
        long epoch = witness.plan.stepsPerEpoch();
        assertEquals(
                List.of(2 * epoch, 4 * epoch, 6 * epoch), validations); // the first is the best, then two no better
        assertEquals(
                List.of("6 epochs, 2 validations"),
                witness.ends.stream()
                        .map(e -> "%d epochs, %d validations".formatted(e[0] / epoch, e[1]))
                        .toList());
        assertTrue(Files.exists(new RunFolder(folder.resolve("patient")).model()));
    }

    @Test
    void aRunThatGoesOnRemembersForHowLongNothingGotBetter() throws IOException, InterruptedException {
        TrainingTask task = neverBetter(2);
        Witness whole = new Witness();
        validations(task, "whole", whole, false);
        RunFolder run = new RunFolder(folder.resolve("stopped"));
        long fifthEpoch = 5L * whole.plan.stepsPerEpoch(); // after the second validation
        StoppingListener listener = new StoppingListener((int) fifthEpoch);
        Trainer trainer = new Trainer(task, run, listener);
        listener.trainer = trainer;
        assertEquals(Trainer.Ending.STOPPED, trainer.run(false));
        assertEquals(List.of(6L * whole.plan.stepsPerEpoch()), validations(task, "stopped", new Witness(), true));
        assertArrayEquals(weights(new RunFolder(folder.resolve("whole"))), weights(run));
    }

    @Test
    void withoutPatienceAllStepsAreDone() throws IOException, InterruptedException {
        TrainingTask task = neverBetter(0);
        Witness witness = new Witness();
        assertEquals(10, validations(task, "all", witness, false).size());
        assertEquals(List.of(), witness.ends);
    }

    private static TrainingTask with(TrainingTask task, Dataset train, Dataset validation, Map<Path, String> contents) {
        return new TrainingTask(
                train,
                validation,
                task.source(),
                task.settings(),
                task.selection(),
                task.repetition(),
                contents,
                task.origin(),
                task.provenance());
    }

    private static Dataset annotated(Dataset dataset, UnaryOperator<Annotation> change) {
        return dataset.withPictures(dataset.pictures().stream()
                .map(p -> p.withAnnotations(p.annotations().stream().map(change).toList()))
                .toList());
    }

    /** Remembers what is said, and does something after a step. */
    private static final class Witness implements TrainingListener {
        private final List<String> warnings = new ArrayList<>();
        private final List<Long> validations = new ArrayList<>();
        private final List<long[]> ends = new ArrayList<>();
        private final long step;
        private final Runnable action;
        private TrainingPlan plan;

        Witness(long step, Runnable action) {
            this.step = step;
            this.action = action;
        }

        Witness() {
            this(-1, () -> {});
        }

        @Override
        public void onStart(TrainingPlan announced) {
            plan = announced;
        }

        @Override
        public void onStep(StepReport report) {
            if (report.step() == step) {
                action.run();
            }
        }

        @Override
        public void onValidation(long at, int epoch, CocoScores scores, boolean best) {
            validations.add(at);
        }

        @Override
        public void onEarlyStop(long at, int count) {
            ends.add(new long[] {at, count});
        }

        @Override
        public void onWarning(String sentence) {
            if (!sentence.startsWith("anchors reach only")) { // some of the tiny pictures' boxes are hard to reach
                warnings.add(sentence);
            }
        }
    }

    @Test
    void validationThatCanGiveNoScoreKeepsTheLastModel() throws IOException, InterruptedException {
        TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(2, 1));
        Map<String, Dataset> sets = Map.of(
                "crowds", annotated(task.validation(), a -> new Annotation(a.box(), 0, a.area(), true, false, false)),
                "ignored", annotated(task.validation(), Annotation::asIgnored),
                "empty",
                        task.validation()
                                .withPictures(task.validation().pictures().stream()
                                        .map(p -> p.withAnnotations(List.of()))
                                        .toList()));
        for (Map.Entry<String, Dataset> set : sets.entrySet()) {
            RunFolder run = new RunFolder(folder.resolve(set.getKey()));
            TrainingTask blind = with(task, task.train(), set.getValue(), Map.of());
            for (boolean resume : new boolean[] {false, true}) {
                Witness witness = new Witness();
                assertEquals(Trainer.Ending.FINISHED, new Trainer(blind, run, witness).run(resume));
                assertEquals(
                        List.of(
                                "no validation picture has an object that counts: the model is the last one, and shows what scores over 0.5"),
                        witness.warnings);
                assertEquals(List.of(), witness.validations);
                assertEquals(
                        List.of(0.5, 0.5),
                        TrainedModel.read(run.model()).description().thresholds());
            }
        }
    }

    @Test
    void aPictureThatFailsEndsTheRunAtItsLastStepAndTheRunGoesOnWhenItIsBack() throws Exception {
        TrainingSettings reading = TinyTask.settings(EPOCHS, 1).withCacheMegabytes(0); // else a file is read once
        float[] whole = train("whole", reading);
        TrainingTask task = TinyTask.task(folder.resolve("data"), reading);
        Path victim = task.train().pictures().get(0).file();
        byte[] content = Files.readAllBytes(victim);
        Map<String, byte[]> faults = Map.of(
                "cut short", Arrays.copyOf(content, content.length / 2),
                "96 x 64", Files.readAllBytes(task.train().pictures().get(1).file()));
        for (Map.Entry<String, byte[]> fault : faults.entrySet()) {
            RunFolder run = new RunFolder(folder.resolve(fault.getKey()));
            Witness witness = new Witness(5, () -> write(victim, fault.getValue()));
            Trainer trainer = new Trainer(task, run, witness);
            DataException e = assertThrows(DataException.class, () -> trainer.run(false));
            assertTrue(
                    e.getMessage().contains(victim.toString()) && e.getMessage().contains(fault.getKey()),
                    e.getMessage());
            assertTrue(trainer.checkpointedSteps() >= 5, () -> "kept " + trainer.checkpointedSteps());
            write(victim, content);
            assertEquals(Trainer.Ending.FINISHED, new Trainer(task, run, TrainingListener.SILENT).run(true));
            assertArrayEquals(whole, weights(run));
            assertStepsAreComplete(run);
        }
    }

    @Test
    void aValidationPictureThatFailsIsValidatedWhenTheRunGoesOn() throws Exception {
        Witness undisturbed = new Witness();
        TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(EPOCHS, 1));
        RunFolder calm = new RunFolder(folder.resolve("whole"));
        new Trainer(task, calm, undisturbed).run(false);
        Path victim = task.validation().pictures().get(3).file();
        byte[] content = Files.readAllBytes(victim);
        RunFolder run = new RunFolder(folder.resolve("run"));
        Trainer trainer = new Trainer(task, run, new Witness(5, () -> write(victim, new byte[] {1})));
        assertThrows(DataException.class, () -> trainer.run(false));
        long first = undisturbed.validations.get(0);
        assertEquals(first, trainer.checkpointedSteps());
        write(victim, content);
        Witness resumed = new Witness();
        assertEquals(Trainer.Ending.FINISHED, new Trainer(task, run, resumed).run(true));
        assertEquals(undisturbed.validations, resumed.validations);
        assertArrayEquals(weights(calm), weights(run));
        assertEquals(validations(calm), validations(run));
    }

    private static List<String> validations(RunFolder run) throws IOException {
        return Files.readAllLines(run.metrics()).stream()
                .filter(line -> line.contains("validation_ap"))
                .toList();
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whateverAListenerThrowsTheStepIsKept() throws IOException {
        TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(EPOCHS, 1));
        Trainer trainer = new Trainer(task, new RunFolder(folder.resolve("run")), new Witness(7, () -> {
            throw new IllegalStateException("no more");
        }));
        assertThrows(IllegalStateException.class, () -> trainer.run(false));
        assertEquals(7, trainer.checkpointedSteps());
    }

    @Test
    void aRunThatIsStoppedBeforeItsFirstStepCanBeResumed() throws Exception {
        float[] whole = train("whole", TinyTask.settings(EPOCHS, 1));
        TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(EPOCHS, 1));
        RunFolder run = new RunFolder(folder.resolve("run"));
        Trainer trainer = new Trainer(task, run, TrainingListener.SILENT);
        trainer.stop();
        assertEquals(Trainer.Ending.STOPPED, trainer.run(false));
        assertEquals(0, trainer.checkpointedSteps());
        assertEquals(Trainer.Ending.FINISHED, new Trainer(task, run, TrainingListener.SILENT).run(true));
        assertArrayEquals(whole, weights(run));
    }

    private RunFolder stoppedTwice(TrainingTask task) throws IOException, InterruptedException {
        RunFolder run = new RunFolder(folder.resolve("run"));
        for (int stop : new int[] {7, 19}) {
            StoppingListener listener = new StoppingListener(stop);
            Trainer trainer = new Trainer(task, run, listener);
            listener.trainer = trainer;
            assertEquals(Trainer.Ending.STOPPED, trainer.run(stop > 7));
        }
        return run;
    }

    @Test
    void aDamagedCheckpointGivesWayToTheOneBefore() throws Exception {
        float[] whole = train("whole", TinyTask.settings(EPOCHS, 1));
        TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(EPOCHS, 1));
        RunFolder run = stoppedTwice(task);
        byte[] content = Files.readAllBytes(run.last());
        Files.write(run.last(), Arrays.copyOf(content, content.length / 2));
        Files.writeString(run.last().resolveSibling(".last.zip.4711.part"), "of a killed run");
        Witness witness = new Witness();
        assertEquals(Trainer.Ending.FINISHED, new Trainer(task, run, witness).run(true));
        assertEquals(7, witness.plan.firstStep());
        assertEquals(1, witness.warnings.size());
        assertTrue(
                witness.warnings
                        .get(0)
                        .matches(".*last.zip is damaged: .*goes on from the checkpoint before it, of step 7"),
                witness.warnings.get(0));
        assertArrayEquals(whole, weights(run));
        assertStepsAreComplete(run);
        assertFalse(Files.exists(run.last().resolveSibling(".last.zip.4711.part")));
    }

    @Test
    void withoutAnyWholeCheckpointTheRunCannotGoOn() throws Exception {
        TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(EPOCHS, 1));
        RunFolder run = stoppedTwice(task);
        Files.write(run.last(), new byte[] {1});
        Files.write(run.previous(), new byte[] {1});
        DataException e =
                assertThrows(DataException.class, () -> new Trainer(task, run, TrainingListener.SILENT).run(true));
        assertTrue(
                e.getMessage().contains("last.zip is damaged") && e.getMessage().contains("no older checkpoint"),
                e.getMessage());
    }

    @Test
    void aDamagedBestModelGivesWayToTheLastOne() throws Exception {
        TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(2, 1));
        RunFolder run = new RunFolder(folder.resolve("run"));
        new Trainer(task, run, TrainingListener.SILENT).run(false);
        Files.delete(run.model());
        Files.write(run.best(), new byte[] {1});
        Witness witness = new Witness();
        assertEquals(Trainer.Ending.FINISHED, new Trainer(task, run, witness).run(true));
        assertTrue(
                witness.warnings.get(0).startsWith("the best model is lost: ")
                        && witness.warnings
                                .get(0)
                                .endsWith("the model is the last one, and shows what scores over 0.5"),
                witness.warnings::toString);
        assertEquals(
                List.of(0.5, 0.5), TrainedModel.read(run.model()).description().thresholds());
    }

    @Test
    void otherPixelsAreOtherData() throws Exception {
        TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(2, 1));
        Path picture = task.source().pictures().get(0).file();
        RunFolder run = new RunFolder(folder.resolve("run"));
        TrainingTask before = with(task, task.train(), task.validation(), Map.of(picture, "one"));
        TrainingTask after = with(task, task.train(), task.validation(), Map.of(picture, "two"));
        new Trainer(before, run, TrainingListener.SILENT).run(false);
        DataException e =
                assertThrows(DataException.class, () -> new Trainer(after, run, TrainingListener.SILENT).run(true));
        assertTrue(e.getMessage().contains("other pictures"), e.getMessage());
    }

    @Test
    void boxesUnderAPixelAreCountedAndReachedByNoAnchor() throws Exception {
        TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(1, 1));
        UnaryOperator<Annotation> tiny =
                a -> a.withBox(new Box(a.box().x(), a.box().y(), 0.3, 0.4));
        DataException e = assertThrows(
                DataException.class,
                () -> new Trainer(
                        with(task, annotated(task.train(), tiny), task.validation(), Map.of()),
                        new RunFolder(folder.resolve("run")),
                        TrainingListener.SILENT));
        assertTrue(
                e.getMessage()
                                .startsWith(
                                        "18 of 18 training boxes of tiny are smaller than a pixel of the input (64 x 96)")
                        && e.getMessage().contains("a larger input.short_side"),
                e.getMessage());

        List<Picture> mixed = new ArrayList<>(annotated(task.train(), tiny).pictures());
        mixed.set(0, task.train().pictures().get(0));
        Witness witness = new Witness();
        new Trainer(
                        with(task, task.train().withPictures(mixed), annotated(task.validation(), tiny), Map.of()),
                        new RunFolder(folder.resolve("mixed")),
                        witness)
                .rehearse();
        assertEquals(1 / 18.0, witness.plan.anchorRecall().overall(), 0.02);
        assertTrue(
                witness.warnings
                        .get(0)
                        .startsWith("17 of 18 training boxes are smaller than a pixel of the input (64 x 96)"),
                witness.warnings::toString);
        assertTrue(
                witness.warnings.get(1).startsWith("7 of 7 validation boxes are smaller than a pixel"),
                witness.warnings::toString);
    }

    @Test
    void objectsThatTheInputShrinksToFewPixelsAreCounted() throws Exception {
        TrainingSettings whole = TinyTask.settings(1, 1);
        TrainingTask task = TinyTask.task(folder.resolve("data"), whole);
        Witness seen = new Witness();
        new Trainer(task, new RunFolder(folder.resolve("whole")), seen).rehearse();
        // boxes of 14 pixels and more: the smallest are small, but the input has all of their pixels
        assertEquals(List.of(), seen.warnings);
        assertEquals(new TrainingSettings.Input(64, 96), seen.plan.input());

        TrainingTask half = TinyTask.task(folder.resolve("half"), whole.with(new TrainingSettings.Input(32, 48)));
        Witness shrunk = new Witness();
        new Trainer(half, new RunFolder(folder.resolve("run")), shrunk).rehearse();
        assertEquals(1, shrunk.warnings.size(), shrunk.warnings::toString);
        assertTrue(
                shrunk.warnings
                        .get(0)
                        .startsWith("18 of 18 training boxes have fewer than 16 x 16 pixels in the input (32 x 48)"),
                shrunk.warnings::toString);
    }

    @Test
    void aFolderInUseIsRefused() throws Exception {
        TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(1, 1));
        RunFolder run = new RunFolder(folder.resolve("run"));
        RunLock lock = RunLock.take(run.root());
        try {
            DataException e =
                    assertThrows(DataException.class, () -> new Trainer(task, run, TrainingListener.SILENT).run(false));
            assertTrue(e.getMessage().contains("is being written by this process"), e.getMessage());
        } finally {
            lock.close();
        }
    }
}
