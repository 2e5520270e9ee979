package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hardmine.core.evaluation.VocScores.ClassScores;
import io.hardmine.datasets.Dataset;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocEvaluationTest {
    @Test
    void worksOutBothPrecisionsByHand() {
        // Found, false, found, found again, of three: precision 1 to recall 1/3, 2/3 to recall 2/3.
        Dataset dataset = Fixtures.dataset(
                List.of("a", "none"),
                List.of(
                        List.of(Fixtures.object(0, 0, 0, 10, 10), Fixtures.object(0, 20, 0, 10, 10)),
                        List.of(Fixtures.object(0, 0, 0, 10, 10))));
        PictureDetections found = Fixtures.detections(
                List.of(
                        Fixtures.found(0, 0.9, 0, 0, 10, 10),
                        Fixtures.found(0, 0.8, 50, 50, 10, 10),
                        Fixtures.found(0, 0.6, 1, 0, 10, 10)),
                List.of(Fixtures.found(0, 0.7, 0, 0, 10, 10)));
        VocScores scores = VocEvaluation.evaluate(dataset, found);
        // Recall points 0, .1, .2, .3 have precision 1; .4, .5, .6 have 2/3; .7 to 1 have none.
        assertEquals((4 + 3 * 2 / 3.0) / 11, scores.map2007(), 1e-12);
        assertEquals(1 / 3.0 + 1 / 3.0 * 2 / 3.0, scores.map2010(), 1e-12);
        assertEquals(new ClassScores(-1, -1), scores.perClass().get("none"));
    }

    @Test
    void difficultObjectsAndRegionsCountNeitherWay() {
        Dataset dataset = Fixtures.dataset(
                List.of("a"),
                List.of(List.of(
                        Fixtures.object(0, 0, 0, 10, 10),
                        Fixtures.difficult(0, 20, 0, 10, 10),
                        Fixtures.crowd(0, 40, 40, 50, 50),
                        Fixtures.ignored(0, 0, 40, 30, 30))));
        PictureDetections found = Fixtures.detections(List.of(
                Fixtures.found(0, 0.9, 20, 0, 10, 10),
                Fixtures.found(0, 0.8, 20, 0, 10, 9),
                Fixtures.found(0, 0.7, 45, 45, 5, 5),
                Fixtures.found(0, 0.6, 5, 45, 5, 5),
                Fixtures.found(0, 0.5, 0, 0, 10, 10)));
        VocScores scores = VocEvaluation.evaluate(dataset, found);
        assertEquals(1, scores.map2007(), 1e-12);
        assertEquals(1, scores.map2010(), 1e-12);
    }

    @Test
    void aDetectionLooksOnlyAtTheObjectItOverlapsMost() {
        // The second overlaps the first object most, which is taken; that it would also fit the other does not help.
        Dataset dataset = Fixtures.dataset(
                List.of("a"), List.of(List.of(Fixtures.object(0, 0, 0, 10, 10), Fixtures.object(0, 3, 0, 10, 10))));
        PictureDetections found = Fixtures.detections(
                List.of(Fixtures.found(0, 0.9, 0, 0, 10, 10), Fixtures.found(0, 0.8, 1, 0, 10, 10)));
        assertEquals(0.5, VocEvaluation.evaluate(dataset, found).map2010(), 1e-12);
    }

    @Test
    void anOverlapOfExactlyHalfIsEnough() {
        Dataset dataset = Fixtures.dataset(List.of("a"), List.of(List.of(Fixtures.object(0, 0, 0, 10, 10))));
        PictureDetections found = Fixtures.detections(List.of(Fixtures.found(0, 0.9, 0, 0, 10, 5)));
        assertEquals(1, VocEvaluation.evaluate(dataset, found).map2010(), 1e-12);
    }

    @Test
    void aDetectionHalfInARegionOfItsClassIsNotCounted() {
        Dataset dataset = Fixtures.dataset(
                List.of("a"), List.of(List.of(Fixtures.object(0, 0, 0, 10, 10), Fixtures.crowd(0, 50, 50, 40, 40))));
        PictureDetections half = Fixtures.detections(
                List.of(Fixtures.found(0, 0.9, 45, 50, 10, 10), Fixtures.found(0, 0.8, 0, 0, 10, 10)));
        assertEquals(1, VocEvaluation.evaluate(dataset, half).map2010(), 1e-12);
        // With less than half in the region: wrong, then right.
        PictureDetections less = Fixtures.detections(
                List.of(Fixtures.found(0, 0.9, 44, 50, 10, 10), Fixtures.found(0, 0.8, 0, 0, 10, 10)));
        assertEquals(0.5, VocEvaluation.evaluate(dataset, less).map2010(), 1e-12);
    }
}
