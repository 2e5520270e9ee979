package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class WeightedEvaluationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private static int[] once(int pictures) {
        int[] copies = new int[pictures];
        Arrays.fill(copies, 1);
        return copies;
    }

    private static double alarms(JsonNode report, String recall) {
        JsonNode number = report.at("/false_alarms/pooled/recall_" + recall + "/false_alarms_per_picture");
        return number.isNumber() ? number.asDouble() : Double.POSITIVE_INFINITY;
    }

    /** The reference's cases: crowds, ignore flags, equal scores, classes and pictures without objects. */
    @TestFactory
    List<DynamicTest> eachPictureOnceGivesTheReportsNumbers() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream in = getClass().getResourceAsStream("coco-cases.json")) {
            for (JsonNode item : JSON.readTree(in)) {
                Path results = folder.resolve("case" + tests.size() + ".json");
                tests.add(DynamicTest.dynamicTest("case " + tests.size(), () -> {
                    Files.writeString(results, item.get("detections").toString());
                    Dataset dataset = Fixtures.coco(item.get("ground_truth"));
                    check(dataset, CocoResults.read(results, dataset));
                }));
            }
        }
        return tests;
    }

    private static void check(Dataset dataset, PictureDetections detections) {
        JsonNode report = EvaluationReport.of(dataset, detections, JSON.createObjectNode())
                .toJson();
        WeightedEvaluation weighted = WeightedEvaluation.of(dataset, detections);
        int[] once = once(weighted.pictures());
        assertArrayEquals(
                new double[] {alarms(report, "0.8"), alarms(report, "0.9")}, weighted.falseAlarms(once, 0.8, 0.9));
        assertEquals(report.at("/coco/AP50").asDouble(), weighted.ap50(once));
    }

    /** A picture that counts three times is three pictures, and one that counts not at all is none. */
    @Test
    void countingTwiceIsHavingThePictureTwice() {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            int pictures = 1 + random.nextInt(6);
            List<List<Annotation>> truth = new ArrayList<>();
            List<List<Detection>> found = new ArrayList<>();
            for (int p = 0; p < pictures; p++) {
                List<Annotation> here = new ArrayList<>();
                List<Detection> there = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    double x = random.nextInt(80);
                    here.add(Fixtures.object(random.nextInt(2), x, 0, 10, 10));
                    there.add(Fixtures.found(random.nextInt(2), random.nextDouble(), x + random.nextInt(6), 0, 10, 10));
                    there.add(Fixtures.found(random.nextInt(2), random.nextDouble(), x, 50, 10, 10));
                }
                truth.add(here);
                found.add(there);
            }
            int[] copies = random.ints(pictures, 0, 4).toArray();
            Dataset dataset = Fixtures.dataset(List.of("cat", "dog"), truth);
            PictureDetections detections = Fixtures.detectionsByPicture(found);
            List<Picture> drawn = new ArrayList<>();
            Map<Long, List<Detection>> theirs = new HashMap<>();
            for (int p = 0; p < pictures; p++) {
                for (int copy = 0; copy < copies[p]; copy++) {
                    long id = 10L * p + copy;
                    Picture picture = dataset.pictures().get(p);
                    drawn.add(new Picture(id, id + ".png", picture.file(), 100, 100, picture.annotations()));
                    theirs.put(id, found.get(p));
                }
            }
            WeightedEvaluation weighted = WeightedEvaluation.of(dataset, detections);
            WeightedEvaluation copied =
                    WeightedEvaluation.of(dataset.withPictures(drawn), PictureDetections.of(theirs));
            int[] each = once(drawn.size());
            assertArrayEquals(
                    copied.falseAlarms(each, 0.2, 0.5, 0.8),
                    weighted.falseAlarms(copies, 0.2, 0.5, 0.8),
                    "seed " + seed);
            assertEquals(copied.ap50(each), weighted.ap50(copies), "seed " + seed);
        }
    }

    @Test
    void whatIsNotFoundCostsInfinitelyMany() {
        Dataset dataset =
                Fixtures.dataset(List.of("cat"), List.of(List.of(Fixtures.object(0, 0, 0, 10, 10)), List.of()));
        PictureDetections none = Fixtures.detections();
        WeightedEvaluation weighted = WeightedEvaluation.of(dataset, none);
        double[] infinite = {Double.POSITIVE_INFINITY};
        assertArrayEquals(infinite, weighted.falseAlarms(new int[] {1, 1}, 0.8));
        assertArrayEquals(infinite, weighted.falseAlarms(new int[] {0, 2}, 0.8));
        assertEquals(-1, weighted.ap50(new int[] {0, 2}));
    }

    @Test
    void aRecallThatIsExactlyReachedIsReached() {
        // Four of five objects are found: the first before the only false alarm, the others after it. Two pictures
        // count.
        List<Annotation> objects = new ArrayList<>();
        List<Detection> found = new ArrayList<>(List.of(Fixtures.found(0, 0.85, 0, 60, 10, 10)));
        for (int i = 0; i < 5; i++) {
            objects.add(Fixtures.object(0, 15 * i, 0, 10, 10));
        }
        for (int i = 0; i < 4; i++) {
            found.add(Fixtures.found(0, 0.9 - i / 10.0, 15 * i, 0, 10, 10));
        }
        Dataset dataset = Fixtures.dataset(List.of("cat"), List.of(objects, List.of()));
        WeightedEvaluation weighted = WeightedEvaluation.of(dataset, Fixtures.detections(found));
        assertArrayEquals(
                new double[] {0, 0.5, 0.5, Double.POSITIVE_INFINITY},
                weighted.falseAlarms(once(2), 0.2, 0.4, 0.8, Math.nextUp(0.8)));
    }

    @Test
    void refusesDetectionsOfAnotherDataset() {
        Dataset dataset = Fixtures.dataset(List.of("cat"), List.of(List.of()));
        PictureDetections elsewhere = PictureDetections.of(Map.of(7L, List.of(Fixtures.found(0, 1, 0, 0, 1, 1))));
        PictureDetections unknown = Fixtures.detections(List.of(Fixtures.found(1, 1, 0, 0, 1, 1)));
        assertThrows(IllegalArgumentException.class, () -> WeightedEvaluation.of(dataset, elsewhere));
        assertThrows(IllegalArgumentException.class, () -> WeightedEvaluation.of(dataset, unknown));
    }
}
