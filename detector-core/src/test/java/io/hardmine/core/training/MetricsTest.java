package io.hardmine.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hardmine.core.evaluation.CocoScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    private static final CocoScores NONE = new CocoScores(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());

    @TempDir
    private Path folder;

    private static void steps(Metrics metrics, int from, boolean... clipped) throws IOException {
        for (int i = 0; i < clipped.length; i++) {
            metrics.step(
                    new StepReport(from + i, 1, 1, 1, 0.01, 12, clipped[i], 3, new StepReport.Times(0, 0, 0, 0, 0, 0)));
        }
    }

    private static double share(List<String> lines, int line) throws IOException {
        return new ObjectMapper().readTree(lines.get(line)).get("clipped_share").asDouble(-1);
    }

    @Test
    void aValidationSaysHowManyStepsWereClippedSinceTheLastOne() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        try (Metrics metrics = new Metrics(file, 0, 0)) {
            steps(metrics, 1, true, true, false, true);
            metrics.validation(4, 1, NONE);
            steps(metrics, 5, false, true);
            metrics.validation(6, 2, NONE);
        }
        List<String> lines = Files.readAllLines(file);
        assertEquals(0.75, share(lines, 4));
        assertEquals(0.5, share(lines, 7));
        assertEquals(
                true, new ObjectMapper().readTree(lines.get(0)).get("clipped").asBoolean());
    }

    @Test
    void aRunThatGoesOnCountsTheStepsFromBefore() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        try (Metrics metrics = new Metrics(file, 0, 0)) {
            steps(metrics, 1, true);
            metrics.validation(1, 1, NONE);
            steps(metrics, 2, true, false, true);
        }
        try (Metrics metrics = new Metrics(file, 3, 1)) {
            steps(metrics, 4, false, false);
            metrics.validation(5, 2, NONE);
        }
        assertEquals(0.25, share(Files.readAllLines(file), 6), "steps 2 to 5; the line of step 4 before is dropped");
    }
}
