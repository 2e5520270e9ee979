package io.hardmine.mining.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.evaluation.EvaluationReport;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.training.Preset;
import io.hardmine.core.training.StepReport;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.LoadOptions;
import io.hardmine.datasets.LoadedDataset;
import io.hardmine.datasets.Partition;
import io.hardmine.datasets.Split;
import io.hardmine.datasets.loading.DatasetLoader;
import io.hardmine.datasets.sample.SampleDataset;
import io.hardmine.datasets.sample.SampleOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs as a program starts them, without a command line. */
class TrainingRunTest {
    private static final int STEPS = 8;

    @TempDir
    private static Path folder;

    private static Path data;
    private static Path whole;

    @BeforeAll
    static void train() throws Exception {
        data = folder.resolve("sample");
        SampleOptions quick = SampleOptions.quick();
        SampleDataset.write(data, new SampleOptions(8, 4, 4, 4, quick.seed(), quick.difficulty()));
        whole = folder.resolve("whole");
        TrainingRun.Outcome outcome = small(data).into(whole).train();
        assertEquals(new TrainingRun.Outcome(true, whole.resolve("model.zip")), outcome);
    }

    private static TrainingRun.Builder small(Path data) {
        TrainingRun.Builder builder = TrainingRun.on(data)
                .background(data.resolve("background"))
                .preset(Preset.FAST)
                .seed(3);
        for (String setting : List.of(
                "network.width=8",
                "network.pyramid_channels=8",
                "network.prior=0.3",
                "input.short_side=96",
                "input.long_side=128",
                "bootstrap.source=mined",
                "schedule.batch=2",
                "schedule.steps=" + STEPS)) {
            builder.set(setting);
        }
        return builder;
    }

    private static float[] weights(Path run) {
        try (TrainedModel model = TrainedModel.read(run.resolve("model.zip"))) {
            return model.network().parameters().values().toArray();
        }
    }

    @Test
    void aRunKeepsItsSettingsItsSplitAndItsMiningRounds() throws IOException {
        String settings = Files.readString(whole.resolve("settings.yaml"));
        assertTrue(settings.contains("steps: " + STEPS), settings);
        assertTrue(settings.contains("seed: 3"), settings);
        assertTrue(Files.readString(whole.resolve("split.json")).contains("background/00001.png"));
        assertTrue(Files.exists(whole.resolve("bootstrap/round-0.json")));
    }

    @Test
    void aRunThatIsStoppedIsResumedToTheSameWeights() throws Exception {
        Path stopped = folder.resolve("stopped");
        List<TrainingRun> running = new ArrayList<>();
        TrainingRun run = small(data)
                .listener(new RunListener() {
                    @Override
                    public void onStep(StepReport step) {
                        if (step.step() == 3) {
                            running.get(0).stop();
                        }
                    }
                })
                .into(stopped);
        running.add(run);
        assertFalse(run.train().isFinished());
        assertTrue(
                run.checkpointedSteps() >= 3 && run.checkpointedSteps() < STEPS,
                () -> "kept " + run.checkpointedSteps());
        assertFalse(Files.exists(stopped.resolve("model.zip")));
        assertTrue(small(data).into(stopped).resume().isFinished());
        assertArrayEquals(weights(whole), weights(stopped));
    }

    @Test
    void dataThatIsReadAlreadyTrainsTheSameWeights() throws Exception {
        LoadedDataset loaded = DatasetLoader.load(data, LoadOptions.defaults());
        Path run = folder.resolve("loaded");
        TrainingRun.Builder builder =
                TrainingRun.on(loaded).background(data.resolve("background")).settings(whole.resolve("settings.yaml"));
        assertTrue(builder.into(run).train().isFinished());
        assertArrayEquals(weights(whole), weights(run));
    }

    @Test
    void whatIsLeftToARuleIsKeptAsANumberAndGivesTheSameRunAgain() throws Exception {
        Path ruled = folder.resolve("ruled");
        TrainingRun.Builder builder = small(data);
        for (String setting : List.of(
                "network.prior=auto",
                "loss.class_weight=auto",
                "optimizer.kind=adamw",
                "optimizer.learning_rate=auto",
                "optimizer.weight_decay=auto",
                "selection.kind=ohem",
                "selection.pool=4",
                "bootstrap.source=none",
                "schedule.steps=4")) {
            builder.set(setting);
        }
        assertTrue(builder.into(ruled).train().isFinished());
        String settings = Files.readString(ruled.resolve("settings.yaml"));
        assertFalse(settings.contains("auto"), settings);
        assertTrue(settings.contains("weight_decay: 0.05"), settings);
        Path again = folder.resolve("again");
        TrainingRun.Builder same =
                TrainingRun.on(data).background(data.resolve("background")).settings(ruled.resolve("settings.yaml"));
        assertTrue(same.into(again).train().isFinished());
        assertArrayEquals(weights(ruled), weights(again));
        assertEquals(settings, Files.readString(again.resolve("settings.yaml")));
        try (TrainedModel model = TrainedModel.read(ruled.resolve("model.zip"))) {
            double prior = model.description().architecture().prior();
            assertTrue(settings.contains("prior: " + prior), () -> prior + " in " + settings);
        }
    }

    @Test
    void aFolderThatHoldsARunIsRefused() {
        DataException refused =
                assertThrows(DataException.class, () -> small(data).into(whole).train());
        assertEquals(whole + " holds a run already: go on with --resume, or give another --out", refused.getMessage());
    }

    @Test
    void aFolderWithoutACheckpointIsNotResumed() {
        Path nothing = folder.resolve("nothing");
        DataException refused = assertThrows(
                DataException.class, () -> small(data).into(nothing).resume());
        assertEquals(
                nothing + " holds no checkpoint to resume from; leave --resume out to start", refused.getMessage());
    }

    /** The folder of the data is not there, and yet the message is about the setting. */
    @Test
    void aMistakeInASettingIsFoundBeforePicturesAreRead() {
        DataException refused = assertThrows(DataException.class, () -> TrainingRun.on(folder.resolve("no data"))
                .set("schedule.steps=many")
                .into(folder.resolve("refused"))
                .train());
        assertEquals(
                "'schedule.steps=many': 'schedule.steps' must be a whole number, not 'many'", refused.getMessage());
    }

    @Test
    void aRehearsalAnnouncesTheRunAndWritesNothing() throws Exception {
        Path nowhere = folder.resolve("nowhere");
        List<String> heard = new ArrayList<>();
        small(data)
                .listener(new RunListener() {
                    @Override
                    public void onSplit(Partition partition) {
                        heard.add(partition.part(Split.TRAIN).pictures().size() + " training pictures");
                    }

                    @Override
                    public void onStart(TrainingPlan plan) {
                        heard.add(plan.steps() + " steps");
                    }
                })
                .into(nowhere)
                .rehearse();
        assertEquals(List.of("8 training pictures", STEPS + " steps"), heard);
        assertFalse(Files.exists(nowhere));
    }

    @Test
    void aModelIsScoredOnTheTestPicturesOfItsOwnSplit() {
        LoadedDataset loaded = DatasetLoader.load(data, LoadOptions.defaults());
        try (TrainedModel model = TrainedModel.read(whole.resolve("model.zip"))) {
            ModelEvaluation evaluation = ModelEvaluation.of(model, loaded);
            EvaluationReport report = evaluation.run();
            assertEquals(List.of(), evaluation.warnings());
            assertEquals("test split of the model", evaluation.pictures().how());
            assertEquals(4, report.counts().pictures());
            assertEquals(EvaluationReport.ThresholdSource.GIVEN, report.thresholdSource());
        }
    }

    @Test
    void picturesThatTheModelWasTrainedOnAreWarnedOf() {
        LoadedDataset loaded = DatasetLoader.load(data, LoadOptions.defaults());
        try (TrainedModel model = TrainedModel.read(whole.resolve("model.zip"))) {
            ModelEvaluation evaluation = ModelEvaluation.of(model, loaded, EvaluatedPictures.Choice.TRAIN);
            assertEquals(
                    List.of("the model was trained on 8 of these 8 pictures: the scores say nothing about new ones"),
                    evaluation.warnings());
        }
    }
}
