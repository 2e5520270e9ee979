package io.hardmine.mining.bootstrap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.core.anchor.AnchorShapes;
import io.hardmine.core.anchor.IouMatcher;
import io.hardmine.core.detection.PostProcessing;
import io.hardmine.core.detection.Preprocessing;
import io.hardmine.core.model.DataOrigin;
import io.hardmine.core.model.TrainedModel;
import io.hardmine.core.network.Architecture;
import io.hardmine.core.network.RetinaNet;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Category;
import io.hardmine.datasets.DataException;
import io.hardmine.datasets.Picture;
import io.hardmine.datasets.image.OpenCv;
import io.hardmine.datasets.reading.ContentHash;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On noise, with a detector that was never trained and fires on much of it. */
class MinerTest {
    private static final List<Double> SCALES = List.of(1.0, 0.7);

    @TempDir
    private Path folder;

    private List<Picture> pictures;

    @BeforeEach
    void makePictures() throws Exception {
        OpenCv.load();
        pictures = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(i);
            BufferedImage image = new BufferedImage(160, 128, BufferedImage.TYPE_3BYTE_BGR);
            for (int p = 0; p < 160 * 128; p++) {
                image.setRGB(p % 160, p / 160, random.nextInt(1 << 24));
            }
            Path file = folder.resolve(i + ".png");
            ImageIO.write(image, "png", file.toFile());
            pictures.add(new Picture(i, i + ".png", file, 160, 128, List.of()));
        }
    }

    private static TrainedModel model(double first, double second) {
        RetinaNet network =
                RetinaNet.initialized(new Architecture(2, 9, Architecture.BackboneShape.tiny(8), 8, 1, 0.3), 3);
        return new TrainedModel(
                new TrainedModel.Description(
                        network.architecture(),
                        List.of(new Category(1, "nut"), new Category(2, "screw")),
                        new Preprocessing(128, 160),
                        AnchorShapes.paper(),
                        IouMatcher.paper(),
                        PostProcessing.paper(),
                        List.of(first, second),
                        DataOrigin.UNKNOWN,
                        new ObjectMapper().createObjectNode()),
                network);
    }

    private Pool pool(List<Picture> of) {
        return new Pool(of, Map.of());
    }

    private Miner.Mined mine(Pool pool, int limit, Double score) {
        return new Miner(model(0.2, 0.2), new Miner.Search(limit, SCALES, score)).mine(pool, () -> {});
    }

    @Test
    void theHardestComeFirstAndNoTwoAreAlike() {
        AtomicInteger seen = new AtomicInteger();
        long start = System.nanoTime();
        Miner.Mined mined = new Miner(model(0.2, 0.2), new Miner.Search(12, SCALES, null))
                .mine(pool(pictures), seen::incrementAndGet);
        double most = (System.nanoTime() - start) / 1e9;
        assertTrue(mined.seconds() > 0 && mined.seconds() <= most, mined.seconds() + " of " + most + " seconds");
        assertEquals(4, seen.get());
        assertEquals(4, mined.pictures());
        assertTrue(mined.falseAlarms() >= mined.hardest().size());
        assertTrue(mined.cropsScored() > 0);
        assertEquals(1000.0 * mined.falseAlarms() / mined.cropsScored(), mined.perThousand(), 1e-9);
        List<HardExample> hardest = mined.hardest();
        assertTrue(hardest.size() > 1 && hardest.size() <= 12, () -> hardest.size() + " found");
        for (int i = 0; i < hardest.size(); i++) {
            HardExample example = hardest.get(i);
            assertTrue(example.scoreNow() >= 0.2);
            assertTrue(i == 0 || hardest.get(i - 1).scoreNow() >= example.scoreNow());
            Box fired = example.fired();
            assertTrue(example.region().contains(new Box(fired.centerX(), fired.centerY(), 0, 0)));
            assertEquals(
                    example.region().width() * example.scale(), example.crop().width(), 0.6);
            for (HardExample other : hardest.subList(0, i)) {
                assertFalse(other.place().isSamePlace(example.place()));
                assertFalse(other.thumbnail().isLike(example.thumbnail()));
            }
        }
    }

    @Test
    void aLowerLimitKeepsTheHardestOfMore() {
        List<HardExample> many = mine(pool(pictures), 12, null).hardest();
        List<HardExample> few = mine(pool(pictures), 3, null).hardest();
        assertEquals(3, few.size());
        assertEquals(many.get(0).place(), few.get(0).place());
        assertArrayEquals(many.get(0).crop().bgr(), few.get(0).crop().bgr());
    }

    @Test
    void eachClassHasItsOwnThreshold() {
        Miner.Search search = new Miner.Search(50, SCALES, null);
        List<HardExample> both = new Miner(model(0.2, 0.2), search)
                .mine(pool(pictures), () -> {})
                .hardest();
        assertTrue(both.stream().anyMatch(e -> e.category() == 1));
        List<HardExample> nuts =
                new Miner(model(0.2, 1), search).mine(pool(pictures), () -> {}).hardest();
        assertFalse(nuts.isEmpty());
        assertTrue(nuts.stream().allMatch(e -> e.category() == 0));
    }

    @Test
    void aGivenScoreTakesThePlaceOfTheModelsThresholds() {
        TrainedModel silent = model(1, 1);
        Miner.Mined given = new Miner(silent, new Miner.Search(12, SCALES, 0.2)).mine(pool(pictures), () -> {});
        Miner.Mined own = mine(pool(pictures), 12, null);
        assertEquals(own.falseAlarms(), given.falseAlarms());
        assertEquals(
                own.hardest().stream().map(HardExample::place).toList(),
                given.hardest().stream().map(HardExample::place).toList());
    }

    @Test
    void aSearchRefusesValuesOutOfRange() {
        assertEquals(new Miner.Search(200, List.of(1.0, 0.7), null), Miner.Search.defaults());
        for (Double score : List.of(0.0, 1.0, 2.0)) {
            assertThrows(IllegalArgumentException.class, () -> new Miner.Search(10, SCALES, score));
        }
        assertThrows(IllegalArgumentException.class, () -> new Miner.Search(0, SCALES, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Miner.Search(10, List.of(5.0), 0.5));
    }

    /** Each member is scored by the detections of its own scale whose centers lie in its crop. */
    @Test
    void membersAreScoredAgainAtTheirOwnScale() {
        HardExample strongest = mine(pool(pictures), 1, null).hardest().get(0);
        FalsePositive place = strongest.found();
        FalsePositive between = new FalsePositive(
                place.picture(), place.region(), 0.85 * place.scale(), place.category(), place.fired(), 0.9);
        FalsePositive elsewhere =
                new FalsePositive("other.png", place.region(), place.scale(), place.category(), place.fired(), 0.9);
        List<HardExample> members = new ArrayList<>();
        for (FalsePositive found : List.of(place, between, elsewhere)) {
            members.add(HardExample.found(found, 1, strongest.crop()));
        }
        HardExampleSet set = new HardExampleSet(members, List.of());
        Picture picture = pictures.stream()
                .filter(p -> p.name().equals(place.picture()))
                .findFirst()
                .orElseThrow();
        ExecutorService decoder = BackgroundScanner.decoder();
        try (TrainedModel model = model(0.2, 0.2);
                BackgroundScanner scanner = new BackgroundScanner(model, Scan.defaults(), 0.2)) {
            PictureScan scan = scanner.scan(List.of(picture), set, decoder).next();
            assertEquals(List.of(place.score(), 0.0), scan.members(), "the strongest detection, and no other scale");
        } finally {
            decoder.shutdownNow();
        }
    }

    @Test
    void whatWasDecidedAgainstNeverReturns() {
        List<HardExample> before = mine(pool(pictures), 6, null).hardest();
        List<Decision> against = new ArrayList<>();
        for (HardExample e : before) {
            against.add(new Decision(
                    e.picture(),
                    e.region(),
                    e.fired(),
                    "nut",
                    against.size() % 2 == 0 ? Decision.Verdict.UNSURE : Decision.Verdict.OBJECT,
                    "test"));
        }
        List<HardExample> after =
                mine(pool(new Decisions(against).ignoring(pictures)), 50, null).hardest();
        assertEquals(6, before.size());
        assertFalse(after.isEmpty(), "what was not decided against is still found");
        for (HardExample example : after) {
            for (Decision decision : against) {
                assertFalse(example.picture().equals(decision.picture())
                        && example.region().intersectionArea(decision.fired()) > 0);
            }
        }
    }

    @Test
    void nothingIsMinedFromObjects() {
        List<Picture> covered = pictures.stream()
                .map(p -> p.withAnnotations(List.of(Annotation.of(new Box(0, 0, 160, 128), 0))))
                .toList();
        Miner.Mined mined = mine(pool(covered), 10, null);
        assertEquals(0, mined.cropsScored());
        assertEquals(0, mined.perThousand());
        assertTrue(mined.hardest().isEmpty());
    }

    @Test
    void heldOutPicturesAreRefusedByNameAndByContent() throws Exception {
        DataException byName =
                assertThrows(DataException.class, () -> new Pool(pictures, Map.of("2.png", "another content")));
        assertTrue(byName.getMessage().contains("2.png"), byName::getMessage);
        Map<String, String> other =
                Map.of("val/other.png", ContentHash.of(pictures.get(3).file()));
        DataException byContent = assertThrows(DataException.class, () -> new Pool(pictures, other));
        assertTrue(byContent.getMessage().contains("3.png"), byContent::getMessage);
        assertTrue(byContent.getMessage().contains("val/other.png"), byContent::getMessage);
    }
}
