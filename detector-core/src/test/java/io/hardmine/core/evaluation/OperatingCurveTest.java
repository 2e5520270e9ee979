package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.detection.Detection;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Dataset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatingCurveTest {
    private static final Dataset TWO_CLASSES = Fixtures.dataset(
            List.of("a", "b"),
            List.of(
                    List.of(Fixtures.object(0, 0, 0, 10, 10), Fixtures.object(1, 50, 0, 10, 10)),
                    List.of(
                            Fixtures.object(0, 0, 0, 10, 10),
                            Fixtures.crowd(0, 50, 50, 40, 40),
                            Fixtures.ignored(1, 0, 50, 20, 20)),
                    List.of(),
                    List.of()));

    @Test
    void tellsTheKindsOfMistakesApart() {
        PictureDetections found = Fixtures.detections(
                List.of(
                        Fixtures.found(0, 0.9, 0, 0, 10, 10),
                        Fixtures.found(0, 0.8, 0, 0, 10, 9), // duplicate
                        Fixtures.found(0, 0.7, 6, 0, 10, 10), // IoU 4 / 16 = 0.25: misplaced
                        Fixtures.found(0, 0.6, 50, 0, 10, 10), // on b's object
                        Fixtures.found(0, 0.5, 9, 0, 10, 10)), // IoU 1 / 19: near nothing
                List.of(
                        Fixtures.found(0, 0.45, 60, 60, 5, 5), // in the crowd
                        Fixtures.found(1, 0.44, 2, 52, 5, 5), // in the ignored region
                        Fixtures.found(1, 0.43, 60, 60, 5, 5)), // the crowd is not of its class
                List.of(Fixtures.found(0, 0.4, 0, 0, 10, 10)));
        OperatingCurves curves = OperatingCurves.of(TWO_CLASSES, found);

        assertEquals(
                new OperatingPoint(0.4, 4, 2, 1, 1, 1, 1, 2),
                curves.byCategory().get(0).at(0));
        assertEquals(
                new OperatingPoint(0.43, 4, 1, 0, 0, 0, 0, 1),
                curves.byCategory().get(1).at(0));
        assertEquals(
                new OperatingPoint(0.4, 4, 3, 1, 1, 1, 1, 3), curves.pooled().at(0));
        assertEquals(
                new OperatingPoint(0.6, 4, 3, 1, 1, 1, 1, 0), curves.pooled().at(0.55));
        assertEquals(0, curves.pooled().at(0.95).shown());
        assertEquals(4, curves.pooled().at(0).falseAlarms());
        assertEquals(1.0, curves.pooled().at(0).perPicture(curves.pooled().at(0).falseAlarms()));
        assertEquals(1 / 7.0, curves.pooled().at(0).precision(), 1e-15);
    }

    @Test
    void namesTheAlarmsAtARecallOrThatItIsNotReached() {
        Dataset dataset = fiveObjects();
        List<Detection> found = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            found.add(Fixtures.found(0, 0.9 - i / 10.0, 15 * i, 0, 10, 10));
            found.add(Fixtures.found(0, 0.85 - i / 10.0, 15 * i, 60, 10, 10));
        }
        OperatingCurve curve =
                OperatingCurves.of(dataset, Fixtures.detections(found)).pooled();
        OperatingPoint point = curve.atRecall(0.8).orElseThrow();
        assertEquals(0.8, point.recall());
        assertEquals(3, point.falseAlarms());
        assertEquals(1.5, point.perPicture(point.falseAlarms()));
        assertEquals(Optional.empty(), curve.atRecall(0.9));
        assertEquals(0.8, curve.highestRecall());
    }

    private static Dataset fiveObjects() {
        List<Annotation> objects = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            objects.add(Fixtures.object(0, 15 * i, 0, 10, 10));
        }
        return Fixtures.dataset(List.of("a"), List.of(objects, List.of()));
    }

    @Test
    void detectionsOfEqualScoreComeTogether() {
        Dataset dataset = Fixtures.dataset(List.of("a"), List.of(List.of(Fixtures.object(0, 0, 0, 10, 10))));
        OperatingCurve curve = OperatingCurves.of(
                        dataset,
                        Fixtures.detections(
                                List.of(Fixtures.found(0, 0.5, 0, 0, 10, 10), Fixtures.found(0, 0.5, 60, 60, 10, 10))))
                .pooled();
        assertEquals(List.of(new OperatingPoint(0.5, 1, 1, 1, 0, 0, 0, 1)), curve.points());
        assertEquals(1, curve.atRecall(0.8).orElseThrow().falseAlarms());
    }

    @Test
    void looksAtThreeHundredDetectionsOfAPictureAndAtNoneBelowTheFloor() {
        Dataset dataset = Fixtures.dataset(List.of("a", "b"), List.of(List.of(Fixtures.object(0, 0, 0, 10, 10))));
        List<Detection> many = new ArrayList<>(Collections.nCopies(300, Fixtures.found(1, 0.9, 50, 50, 10, 10)));
        many.add(Fixtures.found(0, 0.8, 0, 0, 10, 10));
        OperatingCurve crowdedOut =
                OperatingCurves.of(dataset, Fixtures.detections(many)).pooled();
        assertEquals(300, crowdedOut.at(0).falseAlarms());
        assertEquals(0, crowdedOut.at(0).found());
        PictureDetections faint = Fixtures.detections(
                List.of(Fixtures.found(0, 0.0009, 0, 0, 10, 10), Fixtures.found(0, 0.001, 50, 50, 10, 10)));
        assertEquals(1, OperatingCurves.of(dataset, faint).pooled().at(0).shown());
    }

    @Test
    void worksOutAMissRateByHand() {
        // Two objects in ten pictures. One is found at no mistake; the other after two mistakes, at 0.2 a picture.
        // Points 0.01, 0.018, 0.032, 0.056, 0.1, 0.18 miss half, 0.32, 0.56 and 1 miss nothing (floored at 1e-10).
        List<List<Annotation>> pictures = new ArrayList<>(Collections.nCopies(10, List.of()));
        pictures.set(0, List.of(Fixtures.object(0, 0, 0, 10, 10), Fixtures.object(0, 20, 0, 10, 10)));
        Dataset dataset = Fixtures.dataset(List.of("a"), pictures);
        OperatingCurve curve = OperatingCurves.of(
                        dataset,
                        Fixtures.detections(List.of(
                                Fixtures.found(0, 0.9, 0, 0, 10, 10),
                                Fixtures.found(0, 0.8, 60, 60, 10, 10),
                                Fixtures.found(0, 0.7, 0, 0, 10, 9),
                                Fixtures.found(0, 0.6, 20, 0, 10, 10))))
                .pooled();
        assertEquals(Math.exp((6 * Math.log(0.5) + 3 * Math.log(1e-10)) / 9), curve.logAverageMissRate(), 1e-15);
    }

    @Test
    void aDetectorThatFindsNothingMissesAll() {
        Dataset dataset = fiveObjects();
        OperatingCurve curve =
                OperatingCurves.of(dataset, Fixtures.detections()).pooled();
        assertEquals(1, curve.logAverageMissRate());
        assertEquals(0, curve.highestRecall());
        assertEquals(Optional.empty(), curve.best());
        assertTrue(curve.sampled().isEmpty());
    }

    @Test
    void withoutObjectsRecallIsUndefined() {
        Dataset dataset = Fixtures.dataset(List.of("a"), List.of(List.of()));
        OperatingCurve curve = OperatingCurves.of(
                        dataset, Fixtures.detections(List.of(Fixtures.found(0, 0.9, 0, 0, 9, 9))))
                .pooled();
        assertEquals(-1, curve.highestRecall());
        assertEquals(-1, curve.logAverageMissRate());
        assertEquals(Optional.empty(), curve.atRecall(0.8));
        assertEquals(1, curve.at(0).falseAlarms());
    }

    @Test
    void theBestThresholdIsThatOfTheHighestF1() {
        // F1 = 2 found / (shown + 5): 0.9 → 2/6, 0.8 → 4/7, 0.7 → 4/8, 0.6 → 6/9, 0.5 → 6/10.
        List<Detection> found = List.of(
                Fixtures.found(0, 0.9, 0, 0, 10, 10),
                Fixtures.found(0, 0.8, 15, 0, 10, 10),
                Fixtures.found(0, 0.7, 0, 60, 10, 10),
                Fixtures.found(0, 0.6, 30, 0, 10, 10),
                Fixtures.found(0, 0.5, 50, 60, 10, 10));
        OperatingCurves curves = OperatingCurves.of(fiveObjects(), Fixtures.detections(found));
        OperatingPoint best = curves.byCategory().get(0).best().orElseThrow();
        assertEquals(0.6, best.threshold());
        assertEquals(6 / 9.0, best.f1(), 1e-15);
        assertEquals(List.of(0.6), ScoreThresholds.of(curves).byCategory());
    }

    @Test
    void aClassWithoutAnyFoundTakesTheOthersThreshold() {
        PictureDetections found = Fixtures.detections(
                List.of(Fixtures.found(0, 0.7, 0, 0, 10, 10), Fixtures.found(1, 0.9, 80, 80, 10, 10)));
        OperatingCurves curves = OperatingCurves.of(TWO_CLASSES, found);
        assertEquals(List.of(0.7, 0.7), ScoreThresholds.of(curves).byCategory());
        OperatingCurves nothing = OperatingCurves.of(TWO_CLASSES, Fixtures.detections());
        assertEquals(List.of(0.5, 0.5), ScoreThresholds.of(nothing).byCategory());
    }

    @Test
    void samplesKeepBothEndsAndStayFew() {
        List<List<Annotation>> pictures = new ArrayList<>();
        List<List<Detection>> found = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            pictures.add(List.of(Fixtures.object(0, 0, 0, 10, 10)));
            found.add(List.of(
                    Fixtures.found(0, 0.999 - i / 1100.0, 0, 0, 10, 10),
                    Fixtures.found(0, 0.9992 - i / 1100.0, 60, 60, 10, 10)));
        }
        OperatingCurve curve = OperatingCurves.of(
                        Fixtures.dataset(List.of("a"), pictures), Fixtures.detectionsByPicture(found))
                .pooled();
        List<OperatingPoint> sampled = curve.sampled();
        assertEquals(curve.points().get(0), sampled.get(0));
        assertEquals(curve.points().get(curve.points().size() - 1), sampled.get(sampled.size() - 1));
        assertTrue(sampled.size() <= 102, "got " + sampled.size());
        assertTrue(sampled.size() >= 100, "got " + sampled.size());
    }

    @Test
    void anOverlapOfHalfIsOnAnObjectAndOneOfATenthIsNearIt() {
        Dataset dataset = Fixtures.dataset(
                List.of("a", "b"),
                List.of(
                        List.of(Fixtures.object(0, 0, 0, 10, 10)),
                        List.of(Fixtures.object(0, 0, 0, 10, 10)),
                        List.of(Fixtures.ignored(0, 0, 0, 10, 10))));
        PictureDetections found = Fixtures.detections(
                List.of(
                        Fixtures.found(0, 0.9, 0, 0, 10, 5), // IoU 50 / 100: right
                        Fixtures.found(0, 0.8, 0, 5, 10, 5), // IoU 50 / 100: duplicate
                        Fixtures.found(1, 0.7, 0, 0, 10, 5), // IoU 50 / 100: on another class
                        Fixtures.found(1, 0.6, 0, 0, 10, 4.9)), // IoU 49 / 100: nothing
                List.of(
                        Fixtures.found(0, 0.5, 0, 0, 10, 4.9), // IoU 49 / 100: misplaced
                        Fixtures.found(0, 0.4, 0, 0, 10, 1), // IoU 10 / 100: misplaced
                        Fixtures.found(0, 0.3, 0, 0, 10, 0.9)), // IoU 9 / 100: nothing
                List.of(
                        Fixtures.found(0, 0.2, 5, 0, 10, 10), // half of it is in the region: not counted
                        Fixtures.found(0, 0.1, 5.1, 0, 10, 10))); // less than half of it: nothing

        assertEquals(
                new OperatingPoint(0.1, 3, 2, 1, 1, 2, 1, 3),
                OperatingCurves.of(dataset, found).pooled().at(0));
    }

    @Test
    void aDetectionThatIsNotCountedMakesNoPoint() {
        PictureDetections found = Fixtures.detections(
                List.of(Fixtures.found(0, 0.9, 0, 0, 10, 10)),
                List.of(
                        Fixtures.found(0, 0.8, 60, 60, 5, 5), // in the crowd
                        Fixtures.found(1, 0.7, 2, 52, 5, 5))); // in the ignored region
        assertEquals(
                List.of(new OperatingPoint(0.9, 4, 3, 1, 0, 0, 0, 0)),
                OperatingCurves.of(TWO_CLASSES, found).pooled().points());
    }

    @Test
    void aDetectionIsShownAtAThresholdThatEqualsItsScore() {
        PictureDetections found = Fixtures.detections(
                List.of(Fixtures.found(0, 0.9, 0, 0, 10, 10), Fixtures.found(0, 0.6, 80, 80, 10, 10)));
        OperatingCurve curve = OperatingCurves.of(TWO_CLASSES, found).pooled();
        assertEquals(2, curve.at(0.6).shown());
        assertEquals(1, curve.at(Math.nextUp(0.6)).shown());
        assertEquals(1, curve.at(0.9).shown());
        assertEquals(0, curve.at(Math.nextUp(0.9)).shown());
    }

    @Test
    void ofEqualF1TheHighestThresholdIsTheBest() {
        // F1 = 2 found / (shown + 5): 0.9 → 2/6, 0.8 to 0.6 → at most 2/7, 0.4 → 4/12.
        List<Detection> found = new ArrayList<>(List.of(Fixtures.found(0, 0.9, 0, 0, 10, 10)));
        for (int i = 0; i < 5; i++) {
            found.add(Fixtures.found(0, 0.8 - i / 20.0, 15 * i, 60, 10, 10));
        }
        found.add(Fixtures.found(0, 0.4, 15, 0, 10, 10));
        OperatingCurve curve = OperatingCurves.of(fiveObjects(), Fixtures.detections(found))
                .byCategory()
                .get(0);
        assertEquals(curve.at(0.9).f1(), curve.at(0.4).f1());
        assertEquals(0.9, curve.best().orElseThrow().threshold());
    }

    @Test
    void missRatesTakeAThresholdWhoseMistakesAreExactlyTheNumber() {
        // One object in one picture is found after one mistake. The last number, one mistake per picture, misses
        // nothing (floored at 1e-10). The eight below it miss all.
        Dataset dataset = Fixtures.dataset(List.of("a"), List.of(List.of(Fixtures.object(0, 0, 0, 10, 10))));
        PictureDetections found = Fixtures.detections(
                List.of(Fixtures.found(0, 0.9, 60, 60, 10, 10), Fixtures.found(0, 0.8, 0, 0, 10, 10)));
        assertEquals(
                Math.exp(Math.log(1e-10) / 9),
                OperatingCurves.of(dataset, found).pooled().logAverageMissRate(),
                1e-15);
    }

    @Test
    void theLastPointIsSampledEvenIfItFindsNothing() {
        Dataset dataset = Fixtures.dataset(List.of("a"), List.of(List.of(Fixtures.object(0, 0, 0, 10, 10))));
        PictureDetections found = Fixtures.detections(List.of(
                Fixtures.found(0, 0.9, 0, 0, 10, 10),
                Fixtures.found(0, 0.8, 60, 60, 10, 10),
                Fixtures.found(0, 0.7, 80, 80, 10, 10)));
        assertEquals(
                List.of(0.9, 0.7),
                OperatingCurves.of(dataset, found).pooled().sampled().stream()
                        .map(OperatingPoint::threshold)
                        .toList());
    }

    @Test
    void addsTheCountsOfClassesOverTheSamePictures() {
        assertEquals(
                new OperatingPoint(0.5, 4, 11, 22, 33, 44, 55, 66),
                new OperatingPoint(0.5, 4, 1, 2, 3, 4, 5, 6).plus(new OperatingPoint(0.3, 4, 10, 20, 30, 40, 50, 60)));
    }

    @Test
    void withoutClassesNothingIsShown() {
        OperatingCurves curves = OperatingCurves.of(Fixtures.dataset(List.of(), List.of()), Fixtures.detections());
        assertEquals(new OperatingPoint(1, 0, 0, 0, 0, 0, 0, 0), curves.at(new ScoreThresholds(List.of())));
    }

    @Test
    void refusesDetectionsOfAnotherDataset() {
        PictureDetections elsewhere = PictureDetections.of(Map.of(7L, List.of(Fixtures.found(0, 1, 0, 0, 1, 1))));
        PictureDetections unknown = Fixtures.detections(List.of(Fixtures.found(2, 1, 0, 0, 1, 1)));
        assertThrows(IllegalArgumentException.class, () -> OperatingCurves.of(TWO_CLASSES, elsewhere));
        assertThrows(IllegalArgumentException.class, () -> OperatingCurves.of(TWO_CLASSES, unknown));
    }
}
