package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hardmine.datasets.Dataset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    private static ConfusionMatrix confusion(Dataset dataset, PictureDetections found, Double... thresholds) {
        return ConfusionMatrix.of(
                dataset, JudgedPicture.judge(dataset, found), new ScoreThresholds(List.of(thresholds)));
    }

    @Test
    void countsEachObjectAndEachShownDetectionOnce() {
        Dataset dataset = Fixtures.dataset(
                List.of("cat", "dog"),
                List.of(
                        List.of(
                                Fixtures.object(0, 0, 0, 10, 10), // taken for a dog
                                Fixtures.object(1, 30, 0, 10, 10), // found
                                Fixtures.object(0, 60, 0, 10, 10), // missed
                                Fixtures.object(1, 0, 30, 10, 10), // found below the threshold only
                                Fixtures.ignored(0, 0, 60, 20, 20)),
                        List.of(Fixtures.object(0, 0, 0, 10, 10), Fixtures.crowd(0, 50, 50, 40, 40)))); // missed
        PictureDetections found = Fixtures.detections(
                List.of(
                        Fixtures.found(1, 0.9, 0, 0, 10, 10), // the first cat, as a dog
                        Fixtures.found(1, 0.8, 30, 0, 10, 10), // right
                        Fixtures.found(1, 0.7, 30, 0, 10, 9), // the same dog again
                        Fixtures.found(1, 0.65, 0, 0, 10, 9), // the first cat, as a dog again
                        Fixtures.found(0, 0.6, 80, 80, 10, 10), // nothing there
                        Fixtures.found(0, 0.55, 5, 65, 5, 5), // in the ignored region
                        Fixtures.found(1, 0.3, 0, 30, 10, 10)), // right but below the threshold
                List.of(Fixtures.found(0, 0.9, 60, 60, 5, 5))); // in the crowd

        ConfusionMatrix confusion = confusion(dataset, found, 0.5, 0.5);

        assertEquals(List.of("cat", "dog", ConfusionMatrix.NO_OBJECT), confusion.rowLabels());
        assertEquals(List.of("cat", "dog", ConfusionMatrix.NO_DETECTION), confusion.columnLabels());
        // Cats: one is a dog, two are missed. Dogs: one is right, one is missed.
        // Without an object: one cat, and the two dogs on an object that is taken.
        assertEquals(List.of(List.of(0, 1, 2), List.of(0, 1, 1), List.of(1, 2, 0)), confusion.counts());
    }

    @Test
    void aDetectionExactlyAtTheThresholdOfItsClassIsShown() {
        Dataset dataset = Fixtures.dataset(
                List.of("cat", "dog"),
                List.of(List.of(
                        Fixtures.object(0, 0, 0, 10, 10),
                        Fixtures.object(0, 30, 0, 10, 10),
                        Fixtures.object(1, 60, 0, 10, 10))));
        PictureDetections found = Fixtures.detections(List.of(
                Fixtures.found(0, 0.5, 0, 0, 10, 10),
                Fixtures.found(0, Math.nextDown(0.5), 30, 0, 10, 10),
                Fixtures.found(1, 0.3, 60, 0, 10, 10)));

        assertEquals(
                List.of(List.of(1, 0, 1), List.of(0, 1, 0), List.of(0, 0, 0)),
                confusion(dataset, found, 0.5, 0.3).counts());
    }

    @Test
    void aRightDetectionTakesItsObjectBeforeAStrongerOneOfAnotherClass() {
        Dataset dataset = Fixtures.dataset(List.of("cat", "dog"), List.of(List.of(Fixtures.object(0, 0, 0, 10, 10))));
        PictureDetections found = Fixtures.detections(
                List.of(Fixtures.found(1, 0.9, 0, 0, 10, 10), Fixtures.found(0, 0.6, 0, 0, 10, 10)));

        assertEquals(
                List.of(List.of(1, 0, 0), List.of(0, 0, 0), List.of(0, 1, 0)),
                confusion(dataset, found, 0.5, 0.5).counts());
        // With the cat below its threshold the dog takes the object.
        assertEquals(
                List.of(List.of(0, 1, 0), List.of(0, 0, 0), List.of(0, 0, 0)),
                confusion(dataset, found, 0.7, 0.5).counts());
    }

    @Test
    void aWrongDetectionTakesTheObjectThatItOverlapsMostFromAnIntersectionOverUnionOfHalf() {
        Dataset dataset = Fixtures.dataset(
                List.of("a", "b", "c"),
                List.of(
                        List.of(Fixtures.object(0, 0, 0, 10, 10), Fixtures.object(1, 0, 0, 10, 9)),
                        List.of(Fixtures.object(0, 0, 0, 10, 10)),
                        List.of(Fixtures.object(0, 0, 0, 10, 10))));
        PictureDetections found = Fixtures.detections(
                List.of(Fixtures.found(2, 0.9, 0, 0, 10, 8)), // IoU 80 / 100 with a, 80 / 90 with b
                List.of(Fixtures.found(2, 0.9, 0, 0, 10, 5)), // IoU 50 / 100
                List.of(Fixtures.found(2, 0.9, 0, 0, 10, 4.9))); // IoU 49 / 100

        // The first takes b, and a is missed. The second takes a. The third takes nothing, and a is missed.
        assertEquals(
                List.of(List.of(0, 0, 1, 2), List.of(0, 0, 1, 0), List.of(0, 0, 0, 0), List.of(0, 0, 1, 0)),
                confusion(dataset, found, 0.5, 0.5, 0.5).counts());
    }
}
