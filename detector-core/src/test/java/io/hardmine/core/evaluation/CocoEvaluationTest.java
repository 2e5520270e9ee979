package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Dataset;
import io.hardmine.datasets.Picture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CocoEvaluationTest {
    /** Random pictures with overlapping objects of all sizes and crowds of three classes; no two boxes alike. */
    private static Dataset randomDataset(Random random) {
        List<List<Annotation>> pictures = new ArrayList<>();
        for (int p = 0; p < 1 + random.nextInt(6); p++) {
            List<Annotation> annotations = new ArrayList<>();
            for (int a = 0; a < random.nextInt(6); a++) {
                Box box = randomBox(random);
                annotations.add(
                        new Annotation(box, random.nextInt(3), box.area(), random.nextInt(5) == 0, false, false));
            }
            pictures.add(annotations);
        }
        return Fixtures.dataset(List.of("a", "b", "c"), pictures);
    }

    private static Box randomBox(Random random) {
        double scale = Math.pow(2, random.nextInt(4));
        return new Box(
                random.nextDouble() * 40,
                random.nextDouble() * 40,
                scale * (5 + 20 * random.nextDouble()),
                scale * (5 + 20 * random.nextDouble()));
    }

    private static PictureDetections randomDetections(Random random, Dataset dataset) {
        Map<Long, List<Detection>> found = new HashMap<>();
        for (Picture picture : dataset.pictures()) {
            List<Detection> here = new ArrayList<>();
            for (Annotation a : picture.annotations()) {
                for (int i = 0; i < random.nextInt(3); i++) {
                    Box box = a.box().translate(random.nextDouble() * 4, random.nextDouble() * 4);
                    here.add(new Detection(box, a.category(), 0.01 + 0.98 * random.nextDouble()));
                }
            }
            for (int i = 0; i < random.nextInt(4); i++) {
                here.add(new Detection(randomBox(random), random.nextInt(3), 0.01 + 0.98 * random.nextDouble()));
            }
            found.put(picture.id(), here);
        }
        return PictureDetections.of(found);
    }

    @Property(tries = 200)
    void annotationsAsDetectionsScoreOne(@ForAll long seed) {
        Dataset dataset = randomDataset(new Random(seed));
        CocoScores scores = CocoEvaluation.evaluate(dataset, Fixtures.truthOf(dataset));
        boolean any = dataset.pictures().stream()
                .anyMatch(p -> p.annotations().stream().anyMatch(Annotation::isObject));
        assertEquals(any ? 1.0 : -1.0, scores.ap(), 1e-12);
        assertEquals(any ? 1.0 : -1.0, scores.ap50(), 1e-12);
        assertEquals(any ? 1.0 : -1.0, scores.ap75(), 1e-12);
        assertEquals(any ? 1.0 : -1.0, scores.ar10(), 1e-12);
        assertEquals(any ? 1.0 : -1.0, scores.ar100(), 1e-12);
        for (double score : List.of(
                scores.apSmall(),
                scores.apMedium(),
                scores.apLarge(),
                scores.arSmall(),
                scores.arMedium(),
                scores.arLarge())) {
            assertTrue(score == -1 || Math.abs(score - 1) < 1e-12, "got " + score);
        }
        VocScores voc = VocEvaluation.evaluate(dataset, Fixtures.truthOf(dataset));
        assertEquals(any ? 1.0 : -1.0, voc.map2007(), 1e-12);
        assertEquals(any ? 1.0 : -1.0, voc.map2010(), 1e-12);
    }

    @Property(tries = 200)
    void theOrderOfPicturesAndDetectionsDoesNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        Dataset dataset = randomDataset(random);
        PictureDetections detections = randomDetections(random, dataset);
        List<Picture> pictures = new ArrayList<>(dataset.pictures());
        Collections.shuffle(pictures, random);
        Map<Long, List<Detection>> shuffled = new HashMap<>();
        detections.byPicture().forEach((id, found) -> {
            List<Detection> order = new ArrayList<>(found);
            Collections.shuffle(order, random);
            shuffled.put(id, order);
        });
        Dataset reordered = dataset.withPictures(pictures);
        PictureDetections others = PictureDetections.of(shuffled);

        assertEquals(CocoEvaluation.evaluate(dataset, detections), CocoEvaluation.evaluate(reordered, others));
        assertEquals(VocEvaluation.evaluate(dataset, detections), VocEvaluation.evaluate(reordered, others));
        assertEquals(OperatingCurves.of(dataset, detections), OperatingCurves.of(reordered, others));
    }

    @Property(tries = 200)
    void aFalseAlarmWeakerThanAllElseChangesNothingAndAStrongerOneNeverHelps(@ForAll long seed) {
        Random random = new Random(seed);
        Dataset dataset = randomDataset(random);
        PictureDetections detections = randomDetections(random, dataset);
        CocoScores before = CocoEvaluation.evaluate(dataset, detections);

        CocoScores weak =
                CocoEvaluation.evaluate(dataset, with(detections, Fixtures.found(0, 0.001, 900, 900, 50, 50)));
        CocoScores strong =
                CocoEvaluation.evaluate(dataset, with(detections, Fixtures.found(0, 0.999, 900, 900, 50, 50)));

        assertEquals(before, weak);
        assertTrue(strong.ap() <= before.ap());
        assertEquals(before.ar100(), strong.ar100());
    }

    private static PictureDetections with(PictureDetections detections, Detection added) {
        Map<Long, List<Detection>> more = new HashMap<>(detections.byPicture());
        List<Detection> first = new ArrayList<>(detections.in(1));
        first.add(added);
        more.put(1L, first);
        return PictureDetections.of(more);
    }

    @Test
    void worksOutAPrecisionByHand() {
        // Found, false, found, of three objects: precision 1 up to recall 1/3, then 2/3 up to 2/3, then nothing.
        // Recall points 0 to 0.33 are 34, those up to 0.66 another 33, of 101.
        Dataset dataset = Fixtures.dataset(
                List.of("a"),
                List.of(
                        List.of(Fixtures.object(0, 0, 0, 10, 10), Fixtures.object(0, 20, 0, 10, 10)),
                        List.of(Fixtures.object(0, 0, 0, 10, 10))));
        PictureDetections found = Fixtures.detections(
                List.of(Fixtures.found(0, 0.9, 0, 0, 10, 10), Fixtures.found(0, 0.8, 50, 50, 10, 10)),
                List.of(Fixtures.found(0, 0.7, 0, 0, 10, 10)));
        CocoScores scores = CocoEvaluation.evaluate(dataset, found);
        double expected = (34 + 33 * 2 / 3.0) / 101;
        assertEquals(expected, scores.ap(), 1e-12);
        assertEquals(expected, scores.apSmall(), 1e-12);
        assertEquals(-1, scores.apLarge());
        assertEquals(2 / 3.0, scores.ar1(), 1e-12);
        assertEquals(2 / 3.0, scores.ar100(), 1e-12);
    }

    @Test
    void withoutObjectsNothingIsDefined() {
        Dataset dataset = Fixtures.dataset(List.of("a"), List.of(List.of()));
        CocoScores scores =
                CocoEvaluation.evaluate(dataset, Fixtures.detections(List.of(Fixtures.found(0, 0.9, 0, 0, 9, 9))));
        assertEquals(-1, scores.ap());
        assertEquals(-1, scores.ar100());
        assertEquals(new CocoScores.ClassScores(-1, -1), scores.perClass().get("a"));
        assertEquals(
                -1,
                CocoEvaluation.evaluate(Fixtures.dataset(List.of(), List.of()), Fixtures.detections())
                        .ap());
    }

    @Test
    void withoutDetectionsEverythingIsZero() {
        Dataset dataset = Fixtures.dataset(List.of("a", "b"), List.of(List.of(Fixtures.object(0, 0, 0, 50, 50))));
        CocoScores scores = CocoEvaluation.evaluate(dataset, Fixtures.detections());
        assertEquals(0, scores.ap());
        assertEquals(0, scores.ar100());
        assertEquals(0, scores.apMedium());
        assertEquals(-1, scores.apSmall());
        assertEquals(new CocoScores.ClassScores(0, 0), scores.perClass().get("a"));
        assertEquals(new CocoScores.ClassScores(-1, -1), scores.perClass().get("b"));
    }

    @Test
    void aCrowdTakesAnyNumberOfDetectionsAndTheIgnoreFlagPlaysNoPart() {
        Dataset dataset = Fixtures.dataset(
                List.of("a"), List.of(List.of(Fixtures.ignored(0, 0, 0, 10, 10), Fixtures.crowd(0, 50, 50, 40, 40))));
        PictureDetections found = Fixtures.detections(List.of(
                Fixtures.found(0, 0.9, 50, 50, 8, 8),
                Fixtures.found(0, 0.8, 60, 60, 8, 8),
                Fixtures.found(0, 0.7, 0, 0, 10, 10)));
        assertEquals(1, CocoEvaluation.evaluate(dataset, found).ap(), 1e-12);
    }

    @Test
    void atMostAHundredDetectionsOfAClassCountInAPicture() {
        Dataset dataset = Fixtures.dataset(List.of("a"), List.of(List.of(Fixtures.object(0, 0, 0, 10, 10))));
        List<Detection> found = new ArrayList<>(Collections.nCopies(100, Fixtures.found(0, 0.9, 50, 50, 9, 9)));
        found.add(Fixtures.found(0, 0.8, 0, 0, 10, 10));
        assertEquals(
                0, CocoEvaluation.evaluate(dataset, Fixtures.detections(found)).ar100());
        assertEquals(
                1,
                CocoEvaluation.evaluate(dataset, Fixtures.detections(found.subList(1, 101)))
                        .ar100());
    }

    @Test
    void refusesDetectionsOfAnotherDataset() {
        Dataset dataset = Fixtures.dataset(List.of("a"), List.of(List.of()));
        PictureDetections elsewhere = PictureDetections.of(Map.of(7L, List.of(Fixtures.found(0, 1, 0, 0, 1, 1))));
        PictureDetections unknown = Fixtures.detections(List.of(Fixtures.found(1, 1, 0, 0, 1, 1)));
        assertThrows(IllegalArgumentException.class, () -> CocoEvaluation.evaluate(dataset, elsewhere));
        assertThrows(IllegalArgumentException.class, () -> VocEvaluation.evaluate(dataset, unknown));
    }

    @Test
    void anOverlapExactlyAtAThresholdIsEnough() {
        Dataset dataset = Fixtures.dataset(List.of("a"), List.of(List.of(Fixtures.object(0, 0, 0, 10, 10))));
        // IoU 50 / 100 reaches the first of the ten thresholds.
        CocoScores half =
                CocoEvaluation.evaluate(dataset, Fixtures.detections(List.of(Fixtures.found(0, 0.9, 0, 0, 10, 5))));
        assertEquals(1, half.ap50(), 1e-12);
        assertEquals(0, half.ap75(), 1e-12);
        assertEquals(0.1, half.ap(), 1e-12);
        // IoU 75 / 100 reaches the first six.
        CocoScores more =
                CocoEvaluation.evaluate(dataset, Fixtures.detections(List.of(Fixtures.found(0, 0.9, 0, 0, 10, 7.5))));
        assertEquals(1, more.ap75(), 1e-12);
        assertEquals(0.6, more.ap(), 1e-12);
    }

    @Test
    void anObjectAtTheLimitOfTwoSizesBelongsToBoth() {
        Dataset small = Fixtures.dataset(List.of("a"), List.of(List.of(Fixtures.object(0, 0, 0, 32, 32))));
        CocoScores scores = CocoEvaluation.evaluate(small, Fixtures.truthOf(small));
        assertEquals(List.of(1.0, 1.0, -1.0), List.of(scores.apSmall(), scores.apMedium(), scores.apLarge()));
        assertEquals(List.of(1.0, 1.0, -1.0), List.of(scores.arSmall(), scores.arMedium(), scores.arLarge()));
        Dataset large = Fixtures.dataset(List.of("a"), List.of(List.of(Fixtures.object(0, 0, 0, 96, 96))));
        scores = CocoEvaluation.evaluate(large, Fixtures.truthOf(large));
        assertEquals(List.of(-1.0, 1.0, 1.0), List.of(scores.apSmall(), scores.apMedium(), scores.apLarge()));
        assertEquals(List.of(-1.0, 1.0, 1.0), List.of(scores.arSmall(), scores.arMedium(), scores.arLarge()));
    }

    @Test
    void ofEqualOverlapsTheLastObjectIsTakenAsTheReferenceDoes() {
        // The first detection overlaps both objects by 80 / 120 and takes the second one. The other detection finds
        // the first object, and has IoU 60 / 140 with the second one. The crowd between them changes nothing.
        Dataset dataset = Fixtures.dataset(
                List.of("a"),
                List.of(List.of(
                        Fixtures.object(0, 0, 0, 10, 10),
                        Fixtures.crowd(0, 50, 50, 40, 40),
                        Fixtures.object(0, 4, 0, 10, 10))));
        PictureDetections found = Fixtures.detections(
                List.of(Fixtures.found(0, 0.9, 2, 0, 10, 10), Fixtures.found(0, 0.8, 0, 0, 10, 10)));
        assertEquals(1, CocoEvaluation.evaluate(dataset, found).ap50(), 1e-12);
    }
}
