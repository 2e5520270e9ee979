package io.hardmine.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hardmine.core.evaluation.EvaluationBenchmark.Setup;
import io.hardmine.datasets.Annotation;
import io.hardmine.datasets.Box;
import io.hardmine.datasets.Dataset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvaluationBenchmarkTest {
    private static final Setup SMALL = new Setup(20, 30, 5, 100, 7);

    @Test
    void theSetHasWhatTheSetupSaysAndEveryBoxLiesInItsPicture() {
        SplittableRandom random = new SplittableRandom(SMALL.seed());
        Dataset dataset = EvaluationBenchmark.dataset(SMALL, random);
        PictureDetections detections = EvaluationBenchmark.detections(SMALL, dataset, random);
        assertEquals(20, dataset.pictures().size());
        assertEquals(5, dataset.categories().size());
        assertEquals(100, dataset.annotationCount());
        assertEquals(20 * 30, detections.count());
        for (Annotation a : dataset.pictures().stream()
                .flatMap(p -> p.annotations().stream())
                .toList()) {
            assertTrue(new Box(0, 0, 640, 480).contains(a.box()), a.box()::toString);
        }
    }

    @Test
    void theSeedAloneDecidesTheScore() {
        double ap = EvaluationBenchmark.run(SMALL).ap();
        assertTrue(ap > 0 && ap < 1, "got " + ap);
        assertEquals(ap, EvaluationBenchmark.run(SMALL).ap());
        assertNotEquals(
                ap, EvaluationBenchmark.run(new Setup(20, 30, 5, 100, 8)).ap());
    }
}
