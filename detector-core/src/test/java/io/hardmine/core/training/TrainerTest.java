package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.core.detection.Detection;
import io.hardmine.core.detection.Detector;
import io.hardmine.core.evaluation.CocoScores;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final int EPOCHS = 6;

    @TempDir
    private Path folder;

    private float[] train(String run, TrainingSettings settings) throws IOException, InterruptedException {
        RunFolder out = new RunFolder(folder.resolve(run));
        Trainer trainer = new Trainer(TinyTask.task(folder.resolve("data"), settings), out, TrainingListener.SILENT);
        assertEquals(Trainer.Outcome.FINISHED, trainer.run(false));
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
    private static final PictureRepetition HARDEST_TWICE = (losses, random) -> {
        int[] times = PictureRepetition.ONCE.times(losses, random);
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

    private static TrainingTask repeating(TrainingTask task, PictureRepetition repetition) {
        return new TrainingTask(
                task.train(),
                task.validation(),
                task.background(),
                task.source(),
                task.settings(),
                task.selection(),
                repetition,
                task.provenance());
    }

    @Test
    void stoppingAndGoingOnGivesTheSameWeights() throws IOException, InterruptedException {
        TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(EPOCHS, 1));
        assertGoesOnAsIfNotStopped(task, "once");
        assertGoesOnAsIfNotStopped(repeating(task, HARDEST_TWICE), "repeated");
        assertFalse(Arrays.equals(
                weights(new RunFolder(folder.resolve("once-whole"))),
                weights(new RunFolder(folder.resolve("repeated-whole")))));
    }

    private void assertGoesOnAsIfNotStopped(TrainingTask task, String name) throws IOException, InterruptedException {
        RunFolder undisturbed = new RunFolder(folder.resolve(name + "-whole"));
        assertEquals(Trainer.Outcome.FINISHED, new Trainer(task, undisturbed, TrainingListener.SILENT).run(false));
        float[] whole = weights(undisturbed);
        RunFolder run = new RunFolder(folder.resolve(name + "-stopped"));
        for (int stop : new int[] {7, 19}) {
            StoppingListener listener = new StoppingListener(stop);
            Trainer trainer = new Trainer(task, run, listener);
            listener.trainer = trainer;
            assertEquals(Trainer.Outcome.STOPPED, trainer.run(stop > 7));
            assertFalse(Files.exists(run.model()));
        }
        assertEquals(Trainer.Outcome.FINISHED, new Trainer(task, run, TrainingListener.SILENT).run(true));
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
        assertEquals(Trainer.Outcome.FINISHED, new Trainer(task, run, TrainingListener.SILENT).run(true));
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
        assertTrue(e.getMessage().contains("other settings or other data"), e.getMessage());
        RunFolder empty = new RunFolder(folder.resolve("empty"));
        DataException none =
                assertThrows(DataException.class, () -> new Trainer(other, empty, TrainingListener.SILENT).run(true));
        assertTrue(none.getMessage().contains("no checkpoint"), none.getMessage());
    }

    @Test
    void aLossThatIsNotFiniteNamesThePictures() throws IOException {
        TrainingSettings calm = TinyTask.settings(50, 1);
        TrainingSettings wild = new TrainingSettings(
                calm.network(),
                calm.input(),
                calm.anchors(),
                calm.loss(),
                new TrainingSettings.OptimizerSettings(TrainingSettings.OptimizerKind.SGD, 10, 0.99, 0, 0, 0.9),
                new TrainingSettings.ScheduleSettings(50, 0, 2, 0, Schedule.Decay.CONSTANT),
                calm.augmentation(),
                calm.precision(),
                0,
                50,
                1,
                1);
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
                empty, task.validation(), List.of(), null, task.settings(), task.selection(), task.repetition(), null);
        DataException e = assertThrows(
                DataException.class,
                () -> new Trainer(nothing, new RunFolder(folder.resolve("run")), TrainingListener.SILENT));
        assertTrue(e.getMessage().contains("nothing to learn"), e.getMessage());
    }

    @Test
    void withoutValidationTheLastWeightsAreTheModel() throws IOException, InterruptedException {
        TrainingTask task = TinyTask.task(folder.resolve("data"), TinyTask.settings(2, 1));
        TrainingTask blind = new TrainingTask(
                task.train(),
                task.validation().withPictures(List.of()),
                List.of(),
                null,
                task.settings(),
                task.selection(),
                task.repetition(),
                null);
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
        assertEquals(
                List.of(0.5, 0.5), TrainedModel.read(run.model()).description().thresholds());
    }
}
