package io.hardmine.mining.bootstrap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.kernel.Shape;
import io.hardmine.core.loss.ExampleSelection;
import io.hardmine.core.model.DataOrigin;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.training.Augmentation;
import io.hardmine.core.training.BackgroundSource;
import io.hardmine.core.training.RandomPlacement;
import io.hardmine.core.training.RepeatFactors;
import io.hardmine.core.training.RunFolder;
import io.hardmine.core.training.Trainer;
import io.hardmine.core.training.TrainingListener;
import io.hardmine.core.training.TrainingSettings;
import io.hardmine.core.training.TrainingTask;
import io.hardmine.core.training.WholePicture;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.OpenCv;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapTest {
    private static final int STEPS = 12;
    private static final int DRAWS = 1000;
    private static final List<Category> CATEGORIES = List.of(new Category(1, "red"));
    private static final Preprocessing PREPROCESSING = new Preprocessing(64, 96);
    private static final RandomPlacement PLACEMENT = new RandomPlacement(PREPROCESSING, Augmentation.none());

    @TempDir
    private Path folder;

    private static BootstrapSettings settings(BootstrapSettings.Source source, BootstrapSettings.Form form) {
        // the prior is high, so that even an untrained detector fires
        return BootstrapSettings.none()
                .withSource(source)
                .withForm(form)
                .withRounds(2)
                .withInitial(4)
                .withEntries(20)
                .withMegabytes(10)
                .with(new Scan(32, List.of(1.0, 0.7), 0.05, 0.1))
                .withEnough(0);
    }

    private static TrainingSettings training() {
        TrainingSettings.Network network =
                new TrainingSettings.Network(TrainingSettings.BackboneKind.TINY, 8, 8, 1, false, 0.2);
        TrainingSettings.ScheduleSettings schedule = TrainingSettings.ScheduleSettings.of(1)
                .withSteps(STEPS)
                .withBatch(2)
                .withWarmupSteps(1);
        return TrainingSettings.of(network, new TrainingSettings.Input(64, 96), schedule)
                .with(TrainingSettings.Loss.defaults()
                        .withKind(TrainingSettings.ClassLossKind.CROSS_ENTROPY)
                        .withBoxWeight(1))
                .with(TrainingSettings.OptimizerSettings.defaults()
                        .withLearningRate(0.005)
                        .withAveraging(0.9))
                .with(new Augmentation(true, false, 0.1, 0.1))
                .withBackgroundShare(0.4)
                .withValidateEvery(2)
                .withLoaderThreads(2)
                .withSeed(5);
    }

    private List<Picture> pictures(String name, int count, long firstId, boolean objects) throws IOException {
        OpenCv.load();
        Path data = Files.createDirectories(folder.resolve("data"));
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Random random = new Random(name.hashCode() + i);
            BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_3BYTE_BGR);
            for (int p = 0; p < 96 * 64; p++) {
                image.setRGB(p % 96, p / 96, random.nextInt(256) * 0x010101);
            }
            List<Annotation> annotations = new ArrayList<>();
            if (objects) {
                Graphics2D pen = image.createGraphics();
                int x = random.nextInt(70);
                int y = random.nextInt(40);
                pen.setColor(Color.RED);
                pen.fillRect(x, y, 20, 20);
                pen.dispose();
                annotations.add(Annotation.of(new Box(x, y, 20, 20), 0));
            }
            Path file = data.resolve(name + i + ".png");
            ImageIO.write(image, "png", file.toFile());
            pictures.add(new Picture(firstId + i, name + i + ".png", file, 96, 64, annotations));
        }
        return pictures;
    }

    private Trainer trainer(BootstrapSettings settings, RunFolder run, BootstrapListener listener) throws IOException {
        return trainer(bootstrap(settings, run, listener), run);
    }

    private Bootstrap bootstrap(BootstrapSettings settings, RunFolder run, BootstrapListener listener)
            throws IOException {
        return new Bootstrap(
                settings, pool(), validation(), PREPROCESSING, 5, run.root().resolve("bootstrap"), listener);
    }

    private Pool pool() throws IOException {
        List<Picture> pool = new ArrayList<>(pictures("background", 5, -10, false));
        pool.addAll(pictures("train", 6, 1, true));
        return new Pool(pool, validation().pictures());
    }

    private Dataset validation() throws IOException {
        return new Dataset("tiny", CATEGORIES, pictures("val", 3, 100, true));
    }

    private Trainer trainer(Bootstrap bootstrap, RunFolder run) throws IOException {
        return new Trainer(
                new TrainingTask(
                        new Dataset("tiny", CATEGORIES, pictures("train", 6, 1, true)),
                        validation(),
                        bootstrap,
                        training(),
                        ExampleSelection.ALL,
                        RepeatFactors.ONCE,
                        Map.of(),
                        DataOrigin.UNKNOWN,
                        JsonNodeFactory.instance.objectNode()),
                run,
                TrainingListener.SILENT);
    }

    /** Collects the reports and, like a power cut, ends the run after so many pictures of a round. */
    private static final class Witness implements BootstrapListener {
        private final List<RoundReport> reports = new ArrayList<>();
        private final List<Integer> begun = new ArrayList<>();
        private final List<List<HardExample>> sets = new ArrayList<>();
        private List<HardExample> set = List.of();
        private final int fatal;
        private int pictures;

        Witness(int fatal) {
            this.fatal = fatal;
        }

        @Override
        public void onRoundStart(int round, int all, int done) {
            begun.add(done);
        }

        @Override
        public void onPicture() {
            pictures++;
            if (pictures == fatal) {
                throw new IllegalStateException("power cut");
            }
        }

        @Override
        public void onRound(RoundReport report, List<HardExample> members) {
            reports.add(report);
            sets.add(members);
            set = members;
        }
    }

    private static float[] weights(RunFolder run) {
        return TrainedModel.read(run.model()).network().parameters().values().toArray();
    }

    @Test
    void aRunKilledInTheMiddleOfARoundComesToTheSameSetAndTheSameWeights() throws Exception {
        BootstrapSettings settings = settings(BootstrapSettings.Source.MINED, BootstrapSettings.Form.CROPS);
        RunFolder whole = new RunFolder(folder.resolve("whole"));
        Witness calm = new Witness(-1);
        assertEquals(Trainer.Ending.FINISHED, trainer(settings, whole, calm).run(false));

        RunFolder cut = new RunFolder(folder.resolve("cut"));
        int inTheSecondRound = 11 + 4;
        Witness struck = new Witness(inTheSecondRound);
        assertThrows(IllegalStateException.class, () -> trainer(settings, cut, struck)
                .run(false));
        Witness resumed = new Witness(-1);
        assertEquals(Trainer.Ending.FINISHED, trainer(settings, cut, resumed).run(true));

        assertEquals(List.of(4), resumed.begun, "it goes on after the four pictures in the journal");
        assertArrayEquals(weights(whole), weights(cut));
        assertEquals(entries(calm.set), entries(resumed.set));
        assertEquals(
                calm.reports.get(2).histogram(),
                resumed.reports.get(resumed.reports.size() - 1).histogram());
        try (var files = Files.list(cut.root().resolve("bootstrap"))) {
            assertTrue(files.noneMatch(f -> f.toString().contains("journal")), "finished rounds need no journal");
        }
    }

    private static List<String> entries(List<HardExample> set) {
        return set.stream()
                .map(e -> e.picture()
                        + e.region()
                        + e.scale()
                        + e.round()
                        + e.scoreThen()
                        + e.scoreNow()
                        + e.timesTrained())
                .toList();
    }

    @Test
    void roundsReportWhatTheyFound() throws Exception {
        RunFolder run = new RunFolder(folder.resolve("run"));
        Witness witness = new Witness(-1);
        trainer(settings(BootstrapSettings.Source.MINED, BootstrapSettings.Form.CROPS), run, witness)
                .run(false);
        assertEquals(
                List.of(0, 1, 2),
                witness.reports.stream().map(RoundReport::round).toList());
        RoundReport beginning = witness.reports.get(0);
        assertEquals(4, beginning.size() + beginning.duplicates());
        assertFalse(beginning.searched());
        assertNull(beginning.falseAlarms());
        String manifest = Files.readString(run.root().resolve("bootstrap/round-0.json"));
        assertTrue(manifest.contains("\"false_alarms\" : null"), manifest);
        RoundReport last = witness.reports.get(2);
        assertEquals(11, last.pictures());
        // 96 × 64 holds 3 × 2 crops of 32; at 0.7 (67 × 45) 2 × 1; objects take some of the training pictures'
        assertTrue(last.cropsScored() >= 5 * 8 && last.cropsScored() < 11 * 8, "" + last.cropsScored());
        assertEquals(
                last.falseAlarms(),
                last.histogram().stream().mapToLong(Long::longValue).sum());
        assertEquals(1000.0 * last.falseAlarms() / last.cropsScored(), last.perThousand(), 1e-9);
        assertTrue(last.falseAlarms() > 0, "a detector with a high prior fires");
        assertEquals(witness.set.size(), last.size());
        assertTrue(last.size() <= 20);
        assertTrue(witness.set.stream().mapToInt(HardExample::timesTrained).sum() > 0);
        assertTrue(last.validation().ap() >= 0);
        double onBackground = last.validation().onBackground();
        assertTrue(onBackground > 0 && onBackground <= 1, "a share: " + onBackground);
        assertEquals(0.05, last.score());
        assertEquals(
                witness.reports, Bootstrap.reports(run.root().resolve("bootstrap"), 2), "as the folder holds them");
        for (HardExample e : witness.set) {
            assertTrue(e.picture().startsWith("train") || e.picture().startsWith("background"));
            assertEquals(3 * e.crop().width() * e.crop().height(), e.bytes());
        }
    }

    @Test
    void theControlTakesAsManyRandomCropsWithoutLookingAtScores() throws Exception {
        Witness witness = new Witness(-1);
        BootstrapSettings settings = settings(BootstrapSettings.Source.RANDOM, BootstrapSettings.Form.CROPS)
                .withEntries(500);
        RunFolder run = new RunFolder(folder.resolve("run"));
        trainer(settings, run, witness).run(false);
        RoundReport round = witness.reports.get(1);
        int fresh = (int) (round.falseAlarms() - round.again());
        assertTrue(fresh > 4, "a detector with a high prior fires");

        SplittableRandom ofTheRound = new SplittableRandom(5).split().split();
        List<FalsePositive> drawn = new RandomCrops(pool(), settings.scan(), PREPROCESSING).draw(fresh, ofTheRound);
        assertEquals(fresh, drawn.size());
        List<HardExample> before = witness.sets.get(0);
        long known = drawn.stream()
                .filter(s -> before.stream().anyMatch(m -> s.isAt(m.picture(), m.region())))
                .count();
        assertEquals(fresh, known + round.added() + round.duplicates());
        List<Box> regions = drawn.stream().map(FalsePositive::region).toList();
        List<HardExample> added =
                witness.sets.get(1).stream().filter(m -> m.round() == 1).toList();
        assertEquals(round.added(), added.size());
        assertTrue(added.stream().allMatch(m -> regions.contains(m.region())), "the round's own random crops");
        assertTrue(witness.reports.stream().allMatch(r -> r.learnt() == 0));
        assertTrue(witness.set.stream().allMatch(e -> e.category() == -1));
    }

    @Test
    void regionsCountInPicturesShownWhole() throws Exception {
        RunFolder run = new RunFolder(folder.resolve("run"));
        Witness witness = new Witness(-1);
        BootstrapSettings settings = settings(BootstrapSettings.Source.MINED, BootstrapSettings.Form.REGIONS);
        Bootstrap bootstrap = bootstrap(settings, run, witness);
        assertEquals(Trainer.Ending.FINISHED, trainer(bootstrap, run).run(false));

        Map<String, List<Box>> regions = witness.set.stream()
                .collect(Collectors.groupingBy(
                        HardExample::picture, Collectors.mapping(HardExample::region, Collectors.toList())));
        assertFalse(regions.isEmpty());
        List<Picture> pool = pool().pictures();
        for (Picture picture : pool) {
            assertEquals(regions.getOrDefault(picture.name(), List.of()), bootstrap.regions(picture));
        }
        assertEquals(regions.keySet(), drawn(bootstrap).keySet(), "pictures of the set, shown whole");
        assertTrue(witness.set.stream().anyMatch(e -> e.timesTrained() > 0));
        Bootstrap crops = bootstrap(
                settings(BootstrapSettings.Source.MINED, BootstrapSettings.Form.CROPS), run, BootstrapListener.SILENT);
        assertNull(crops.regions(pool.get(0)), "with crops all background of a picture counts");
    }

    @Test
    void allOfAPictureCountsIfPicturesAreMinedAndManyFalseAlarmsShowItOften() throws Exception {
        RunFolder run = new RunFolder(folder.resolve("run"));
        Witness witness = new Witness(-1);
        Bootstrap bootstrap =
                bootstrap(settings(BootstrapSettings.Source.MINED, BootstrapSettings.Form.PICTURES), run, witness);
        assertEquals(Trainer.Ending.FINISHED, trainer(bootstrap, run).run(false));

        pool().pictures().forEach(picture -> assertNull(bootstrap.regions(picture)));
        Map<String, Long> members =
                witness.set.stream().collect(Collectors.groupingBy(HardExample::picture, Collectors.counting()));
        Map<String, Long> drawn = drawn(bootstrap);
        assertEquals(members.keySet(), drawn.keySet());
        for (String picture : members.keySet()) {
            double share = (double) members.get(picture) / witness.set.size();
            double deviation = Math.sqrt(DRAWS * share * (1 - share));
            assertEquals(DRAWS * share, drawn.get(picture), 4 * deviation, picture);
        }
        assertTrue(witness.set.stream().anyMatch(e -> e.timesTrained() > 0));
    }

    /** How often each picture is drawn, shown whole. */
    private static Map<String, Long> drawn(Bootstrap bootstrap) {
        SplittableRandom random = new SplittableRandom(1);
        return Stream.generate(() -> bootstrap.draw(new Shape(1, 64, 96, 3), PLACEMENT, random.split()))
                .limit(DRAWS)
                .map(showing -> ((WholePicture) showing).picture().name())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }

    @Test
    void roundsComeAfterTheWarmUpAndBeforeTwoThirdsOfTheSteps() throws IOException {
        Bootstrap bootstrap = new Bootstrap(
                BootstrapSettings.none(),
                new Pool(pictures("background", 1, 1, false), List.of()),
                new Dataset("none", List.of(new Category(1, "red")), List.of()),
                PREPROCESSING,
                1,
                folder,
                BootstrapListener.SILENT);
        List<Long> renewals = bootstrap.renewals(1000, 100);
        assertEquals(List.of(0L, 150L, 316L, 483L, 650L), renewals);
        assertEquals(List.of(0L, 1L), bootstrap.renewals(2, 0));
        assertEquals(List.of(0L), bootstrap.renewals(5, 5), "no round after the last step");
    }

    @Test
    void aRoundThatIsAskedToStopIsNotWritten() throws Exception {
        RunFolder run = new RunFolder(folder.resolve("run"));
        trainer(settings(BootstrapSettings.Source.MINED, BootstrapSettings.Form.CROPS), run, BootstrapListener.SILENT)
                .run(false);
        Witness witness = new Witness(-1);
        BootstrapSettings settings = settings(BootstrapSettings.Source.MINED, BootstrapSettings.Form.CROPS);
        Bootstrap bootstrap = bootstrap(settings, new RunFolder(folder.resolve("again")), witness);
        assertEquals(settings.toString(), bootstrap.description());
        assertEquals(pool().pictures(), bootstrap.pictures());
        bootstrap.restore(0);
        try (TrainedModel model = TrainedModel.read(run.model())) {
            assertTrue(bootstrap.renew(new BackgroundSource.Renewal(0, 0, model, List.of(), () -> false)));
            assertFalse(bootstrap.renew(new BackgroundSource.Renewal(1, 3, model, List.of(), () -> true)));
            assertEquals(1, witness.reports.size());
            assertTrue(bootstrap.renew(new BackgroundSource.Renewal(1, 3, model, List.of(), () -> false)));
        }
        assertEquals(
                List.of(0, 1), witness.reports.stream().map(RoundReport::round).toList());
        bootstrap.restore(0);
        assertFalse(
                Files.exists(folder.resolve("again").resolve("bootstrap/round-0.json")),
                "a run from its start forgets the rounds of an earlier one");
    }

    @Test
    void anEmptySetShowsPicturesOfThePool() throws IOException {
        List<Picture> pool = pictures("background", 2, 1, false);
        Bootstrap bootstrap = new Bootstrap(
                BootstrapSettings.none(),
                new Pool(pool, List.of()),
                new Dataset("none", List.of(new Category(1, "red")), List.of()),
                PREPROCESSING,
                1,
                folder,
                BootstrapListener.SILENT);
        var showing = bootstrap.draw(new Shape(1, 64, 96, 3), PLACEMENT, new SplittableRandom(1));
        assertTrue(showing instanceof WholePicture whole && pool.contains(whole.picture()));
    }
}
